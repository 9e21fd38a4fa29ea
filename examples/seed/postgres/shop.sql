-- The sandbox's database `shop`. Tables that the local stack's connectors name are made here.
CREATE TABLE customers (
    id serial PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL UNIQUE
);

CREATE TABLE orders (
    id serial PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers (id),
    item text NOT NULL,
    amount numeric(10, 2) NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO customers (name, email) VALUES
    ('Kim Ji-woo', 'jiwoo@example.com'),
    ('Lee Seo-jun', 'seojun@example.com'),
    ('Ada Brandt', 'ada@example.com');

INSERT INTO orders (customer_id, item, amount) VALUES
    (1, 'kettle', 39.90),
    (2, 'desk lamp', 24.50),
    (3, 'notebook', 4.20);
