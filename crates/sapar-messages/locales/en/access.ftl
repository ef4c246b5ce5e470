### Who may do what with which data: the words of access.

## The kinds of agencies.

access-agency-border-service = Border Service
access-agency-migration-police = Migration police
access-agency-asylum-authority = Asylum authority
access-agency-guardianship-authority = Guardianship authority
access-agency-social-services = Social services
access-agency-ngo = Non-governmental organisation
access-agency-iom = International Organization for Migration
access-agency-anti-trafficking = Prosecutor or police against trafficking
access-agency-monitor = Ombudsman or monitor
access-agency-headquarters = Headquarters

## What a user is trusted with.

access-role-first-line = First-line officer
access-role-second-line = Second-line officer
access-role-specialist = Specialist
access-role-case-officer = Case officer
access-role-agency-caseworker = Agency caseworker
access-role-supervisor = Supervisor
access-role-analyst = Analyst
access-role-administrator = Administrator
access-role-auditor = Auditor

## What a user is acting for.

access-purpose-border-check = Border check
access-purpose-screening = Screening
access-purpose-protection = Protection
access-purpose-referral = Referral
access-purpose-child-protection = Child protection
access-purpose-trafficking-assistance = Help for victims of trafficking
access-purpose-return = Return
access-purpose-readmission = Readmission
access-purpose-detention-review = Review of detention
access-purpose-statistics = Statistics
access-purpose-administration = Administration
access-purpose-audit = Audit

## What a user does.

access-action-see = See
access-action-search = Search
access-action-count = Count
access-action-export = Export
access-action-record = Record
access-action-refer = Refer
access-action-accept = Accept
access-action-decide = Decide
access-action-administer = Administer
access-action-audit = Audit
access-action-break-glass = Emergency access

## What data is about.

access-class-work = Work: tasks, states and times
access-class-identity = Identity
access-class-contact = Contact
access-class-travel = Travel and documents
access-class-health = Health
access-class-child = Childhood and care
access-class-trafficking = Trafficking
access-class-asylum = Asylum and protection
access-class-investigation = Investigation

## How a user stands to a record.

access-relation-own-post = Of your own post
access-relation-own-agency-referral = Referred to your agency
access-relation-own-team-case = A case of your team
