-- State and classes stand in each index, so that lines that are hidden or only counted are never fetched.
DROP INDEX entries_by_owner;
DROP INDEX entries_by_time;
DROP INDEX entries_by_person;
CREATE INDEX entries_by_owner ON entries (list, owner, state, at, id) INCLUDE (classes);
CREATE INDEX entries_by_owner_and_time ON entries (list, owner, at, id) INCLUDE (state, classes);
CREATE INDEX entries_by_time ON entries (list, at, id) INCLUDE (state, classes);
CREATE INDEX entries_by_person ON entries (person, list, at, id) INCLUDE (state, classes) WHERE person IS NOT NULL;
