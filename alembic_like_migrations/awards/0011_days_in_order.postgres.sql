-- Of entries with one day an index knows no order that a reader could ask for, unless it names it.

DROP INDEX ledger_transaction_by_day;

CREATE INDEX ledger_transaction_by_day ON ledger_transaction USING btree (effective_on, "position");
