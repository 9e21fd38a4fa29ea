-- The sandbox's database `billing`: the tables that the stack prod reads. Its sources do not create their publications.
CREATE TABLE invoices (
    id serial PRIMARY KEY,
    account_id integer NOT NULL,
    total numeric(12, 2) NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT now()
);

CREATE SCHEMA ledger;

CREATE TABLE ledger.entries (
    id bigserial PRIMARY KEY,
    account_id integer NOT NULL,
    amount numeric(18, 4) NOT NULL,
    booked_at timestamptz NOT NULL DEFAULT now()
);

-- the row that `heartbeatQuery` updates
CREATE TABLE debezium_heartbeat (id integer PRIMARY KEY, at timestamptz NOT NULL);
INSERT INTO debezium_heartbeat VALUES (1, now());

CREATE PUBLICATION dbz_billingpostgres_billing_invoices FOR TABLE invoices, debezium_heartbeat;
CREATE PUBLICATION dbz_billingpostgres_billing_ledger_entries FOR TABLE ledger.entries;

INSERT INTO invoices (account_id, total) VALUES (1, 68.60), (2, 24.50);
INSERT INTO ledger.entries (account_id, amount) VALUES (1, 68.6000), (1, -4.2000), (2, 24.5000);
