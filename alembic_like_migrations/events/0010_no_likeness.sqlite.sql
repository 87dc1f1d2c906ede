-- Nothing ever wrote a row here.

DROP TABLE events_likeness;
