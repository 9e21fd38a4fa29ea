-- The sandbox's database `catalog`: the tables that the stack prod reads.
CREATE TABLE products (
    id serial PRIMARY KEY,
    sku text NOT NULL UNIQUE,
    name text NOT NULL
);

CREATE TABLE prices (
    product_id integer PRIMARY KEY REFERENCES products (id),
    amount numeric(10, 2) NOT NULL,
    valid_from date NOT NULL DEFAULT current_date
);

INSERT INTO products (sku, name) VALUES ('kettle', 'Kettle'), ('desk-lamp', 'Desk lamp'), ('notebook', 'Notebook');
INSERT INTO prices (product_id, amount) VALUES (1, 39.90), (2, 24.50), (3, 4.20);
