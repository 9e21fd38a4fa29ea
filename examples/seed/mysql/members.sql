-- The sandbox's MySQL database `members`, made where a stack has a connector for it and MariaDB is installed.
CREATE TABLE accounts (
    id int AUTO_INCREMENT PRIMARY KEY,
    login varchar(64) NOT NULL UNIQUE,
    balance decimal(10, 2) NOT NULL DEFAULT 0,
    joined_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

INSERT INTO accounts (login, balance) VALUES ('jiwoo', 12.30), ('seojun', 0), ('ada', 999.99);

CREATE TABLE addresses (
    id int AUTO_INCREMENT PRIMARY KEY,
    account_id int NOT NULL,
    city varchar(64) NOT NULL,
    FOREIGN KEY (account_id) REFERENCES accounts (id)
);

INSERT INTO addresses (account_id, city) VALUES (1, 'Seoul'), (2, 'Busan'), (3, 'Cambridge');
