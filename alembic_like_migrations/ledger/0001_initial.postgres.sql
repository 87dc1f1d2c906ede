-- The ledger's tables on PostgreSQL, each key and check by its name and in PostgreSQL's own words: what stands in the
-- catalogue is held against this file whenever a book is opened or audited. Numbers are bigint, days and moments text.

CREATE TABLE ledger_account (
    id bigint NOT NULL,
    address text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL,
    floor bigint,
    opened_at bigint NOT NULL
);
ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_pkey PRIMARY KEY (id);
ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_address_unit_key UNIQUE (address, unit);
ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_id_check CHECK (id > 0);
ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_address_check CHECK (length(address) >= 1 AND length(address) <= 200);
ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_unit_check CHECK (length(unit) >= 1 AND length(unit) <= 40);
ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_floor_check CHECK (floor <= 0);
ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_opened_at_check CHECK (opened_at > 0);

CREATE TABLE ledger_transaction (
    "position" bigint NOT NULL,
    reference text COLLATE "C" NOT NULL,
    request text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    evidence_kind text COLLATE "C" NOT NULL,
    evidence_id text COLLATE "C" NOT NULL,
    reverses bigint,
    effective_on text COLLATE "C" NOT NULL,
    recorded_at text COLLATE "C" NOT NULL,
    body bytea NOT NULL,
    leaf bytea NOT NULL
);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_pkey PRIMARY KEY ("position");
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_reference_key UNIQUE (reference);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_reverses_key UNIQUE (reverses);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_position_check CHECK ("position" > 0);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_reference_check CHECK (length(reference) >= 3 AND length(reference) <= 200);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_request_check CHECK (length(request) = ANY (ARRAY[68, 71]));
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_evidence_id_check CHECK (length(evidence_id) > 0);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_reverses_check CHECK (reverses > 0 AND reverses < "position");
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_effective_on_check CHECK (effective_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'::text);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_recorded_at_check CHECK (length(recorded_at) = 27);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_body_check CHECK (length(body) > 0);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_leaf_check CHECK (length(leaf) = 32);
CREATE INDEX ledger_transaction_evidence ON ledger_transaction USING btree (evidence_kind, evidence_id);

CREATE TABLE ledger_posting (
    id bigint NOT NULL,
    unit text COLLATE "C" NOT NULL,
    source bigint NOT NULL,
    source_version bigint NOT NULL,
    source_balance bigint NOT NULL,
    target bigint NOT NULL,
    target_version bigint NOT NULL,
    target_balance bigint NOT NULL,
    amount bigint NOT NULL
);
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_pkey PRIMARY KEY (id);
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_source_version_key UNIQUE (source, source_version);
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_target_version_key UNIQUE (target, target_version);
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_source_fkey FOREIGN KEY (source) REFERENCES ledger_account(id) ON DELETE RESTRICT;
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_target_fkey FOREIGN KEY (target) REFERENCES ledger_account(id) ON DELETE RESTRICT;
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_id_check CHECK (id >= 256);
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_source_version_check CHECK (source_version > 0);
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_source_balance_check CHECK (abs(source_balance) < '9007199254740992'::bigint);
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_target_version_check CHECK (target_version > 0);
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_target_balance_check CHECK (abs(target_balance) < '9007199254740992'::bigint);
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_amount_check CHECK (amount > 0 AND amount < '9007199254740992'::bigint);
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_check CHECK (source <> target);

CREATE TABLE ledger_tile (
    id bigint NOT NULL,
    level bigint NOT NULL,
    index bigint NOT NULL,
    hashes bytea NOT NULL
);
ALTER TABLE ledger_tile ADD CONSTRAINT ledger_tile_pkey PRIMARY KEY (id);
ALTER TABLE ledger_tile ADD CONSTRAINT ledger_tile_level_index_key UNIQUE (level, index);
ALTER TABLE ledger_tile ADD CONSTRAINT ledger_tile_level_check CHECK (level >= 0 AND level <= 7);
ALTER TABLE ledger_tile ADD CONSTRAINT ledger_tile_index_check CHECK (index >= 0);
ALTER TABLE ledger_tile ADD CONSTRAINT ledger_tile_hashes_check CHECK (length(hashes) = 8192);

CREATE TABLE ledger_checkpoint (
    size bigint NOT NULL,
    root bytea NOT NULL,
    note text COLLATE "C" NOT NULL,
    signed_at text COLLATE "C" NOT NULL
);
ALTER TABLE ledger_checkpoint ADD CONSTRAINT ledger_checkpoint_pkey PRIMARY KEY (size);
ALTER TABLE ledger_checkpoint ADD CONSTRAINT ledger_checkpoint_size_check CHECK (size >= 0);
ALTER TABLE ledger_checkpoint ADD CONSTRAINT ledger_checkpoint_root_check CHECK (length(root) = 32);

CREATE TABLE ledger_cosignature (
    id text COLLATE "C" NOT NULL,
    size bigint NOT NULL,
    witness text COLLATE "C" NOT NULL,
    line text COLLATE "C" NOT NULL
);
ALTER TABLE ledger_cosignature ADD CONSTRAINT ledger_cosignature_pkey PRIMARY KEY (id);
ALTER TABLE ledger_cosignature ADD CONSTRAINT ledger_cosignature_size_witness_key UNIQUE (size, witness);
ALTER TABLE ledger_cosignature ADD CONSTRAINT ledger_cosignature_size_fkey FOREIGN KEY (size) REFERENCES ledger_checkpoint(size) ON DELETE RESTRICT;
