-- A batch of before events_batch_name held what its file was called, which may be somebody's name, where nothing is ever
-- erased. The name moves to where it can be, and how the file ends stays. Where somebody has been erased since, nobody
-- knows any more by what to look for them: what files of until then were called is let go.

DROP TRIGGER events_batch_no_update;

INSERT INTO events_batch_name (batch, name)
SELECT b.id, b.file_name FROM events_batch AS b
WHERE b.file_name <> '' AND b.file_name NOT LIKE '.%' AND b.id NOT IN (SELECT batch FROM events_batch_name)
    AND NOT EXISTS (SELECT 1 FROM people_member_erasure AS e WHERE e.erased_on >= substr(b.started_at, 1, 10));

UPDATE events_batch SET file_name = CASE
    WHEN lower(substr(file_name, -4)) IN ('.csv', '.tsv', '.txt', '.xls', '.ods', '.xml') THEN substr(file_name, -4)
    WHEN lower(substr(file_name, -5)) IN ('.xlsx', '.xlsm', '.xlsb', '.json') THEN substr(file_name, -5)
    ELSE '' END;

CREATE TRIGGER events_batch_no_update BEFORE UPDATE ON events_batch
BEGIN SELECT RAISE(ABORT, 'events_batch is never changed'); END;
