-- The sandbox's MySQL database `orders`: the tables that the stack prod reads.
CREATE TABLE order_items (
    id int AUTO_INCREMENT PRIMARY KEY,
    order_id int NOT NULL,
    sku varchar(32) NOT NULL,
    quantity int NOT NULL DEFAULT 1,
    price decimal(10, 2) NOT NULL
);

CREATE TABLE refunds (
    id int AUTO_INCREMENT PRIMARY KEY,
    order_id int NOT NULL,
    amount decimal(10, 2) NOT NULL,
    refunded_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

INSERT INTO order_items (order_id, sku, quantity, price) VALUES
    (1, 'kettle', 1, 39.90),
    (1, 'notebook', 3, 4.20),
    (2, 'desk-lamp', 1, 24.50);

INSERT INTO refunds (order_id, amount) VALUES (1, 4.20);
