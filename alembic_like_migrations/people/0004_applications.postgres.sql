-- Names are compared by their bytes, as on SQLite: in a language's order an index finds no beginning of a name.

ALTER TABLE people_person ALTER COLUMN name TYPE varchar(40) COLLATE "C";
