-- Days come in order, or nearly so: an entry adds to the end of this index.

CREATE INDEX ledger_transaction_by_day ON ledger_transaction USING btree (effective_on);
