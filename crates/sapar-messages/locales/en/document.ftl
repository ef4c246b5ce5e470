### Reading the machine-readable zone of a travel document.

## Kinds of document

document-kind-passport = passport
document-kind-card = identity card or card-size travel document
document-kind-visa = visa
document-kind-unknown = document of an unknown kind

## Labels of what was read

document-kind = Document
document-issuing-state = Issued by
document-number = Number (partly hidden)
document-name = Name
document-surname = Surname
document-given-names = Given names
document-nationality = Nationality
document-birth-date = Date of birth
document-sex = Sex
document-sex-female = female
document-sex-male = male
document-sex-unspecified = not stated
document-expiry = Valid until
document-personal-number = Personal number or other data
document-whole = the whole zone

## Mistakes in what was read. $field is one of the labels above.

document-check-digit-failed = The check digit does not fit in the field “{ $field }”. Read the line again; a digit may be mistyped, or the document may be altered.
document-suggestion = Perhaps { $suggested } was meant instead of { $found }. Compare with the document before you accept it.
document-not-read = This is not a machine-readable zone. It has 2 lines of 44 or 36 characters, or 3 lines of 30, with letters A to Z, digits and the sign <.
document-line-length = Line { $line } has { $found } characters; { $expected } are needed.
document-character = Line { $line } has the character { $character }, which a machine-readable zone never holds.
document-not-protected = No check digit protects name, nationality and sex. Compare them with the printed page.
document-name-truncated = The name may be cut off. Take the full name from the printed page.
document-birth-date-incomplete = The date of birth is incomplete in the document.

## Whether it is valid

document-expired = The document has expired; its last day was { $date }.
document-expires = The document is valid until { $date }.
document-no-expiry = The document states no date of expiry.
document-none = No document
document-none-is-not-a-reason = Having no document does not take away the right to ask for protection.

## More mistakes in what was read, and in the individual identification number of Kazakhstan

document-check-digit-missing = The check digit of the field “{ $field }” is missing. Read the line again.
document-check-digit-not-digit = A letter stands where the check digit of the field “{ $field }” belongs. Read the line again.
document-date-not-digits = The field “{ $field }” must have six digits; unknown parts are written as <<.
document-date-impossible = The field “{ $field }” names a day that does not exist. Read the line again.
document-field-not-letters = The field “{ $field }” has a digit where only letters can stand. Read the line again.
document-field-empty = The field “{ $field }” is empty.
document-sex-unknown = The field “{ $field }” has a sign that is not known. It has M, F, X or <.
document-code-unknown = No document with lines of this length begins with this letter. Check the first letter of the first line.
document-write-characters = The field “{ $field }” has a character that cannot stand in it.
document-write-too-long = The field “{ $field }” is longer than its place.
iin-length = The individual identification number has 12 digits; { $found } characters were given.
iin-not-digit = Character { $position } of the individual identification number is not a digit.
iin-date = The first six digits of the individual identification number are not a date.
iin-century = The seventh digit of the individual identification number does not stand for a century.
iin-check-digit = The last digit of the individual identification number does not fit the others. Read the number again.
