-- NULLs, negative numbers, empty strings, text beyond ASCII, duplicates, rows without a partner, an empty table.
CREATE TABLE dept (id INT PRIMARY KEY, name VARCHAR(30), budget DECIMAL(12, 2), city VARCHAR(20));
INSERT INTO dept VALUES
    (1, 'Sales', 1000.50, 'Wien'), (2, 'Ops', -20.00, NULL), (3, 'Forschung', NULL, 'Łódź'), (4, '', 0.00, 'Wien'),
    (5, 'Legal', 77.77, '');
CREATE TABLE emp (id INT PRIMARY KEY, name VARCHAR(30), dept_id INT, manager_id INT, salary DECIMAL(10, 2),
    bonus DOUBLE, hired DATE, active BOOLEAN);
INSERT INTO emp VALUES
    (1, 'Ann', 1, NULL, 5000.00, 0.5, DATE '2019-02-28', TRUE),
    (2, 'Bob', 1, 1, 3000.00, NULL, DATE '2020-02-29', TRUE),
    (3, 'Çelik', 2, 1, 3000.00, -1.25, DATE '2020-12-31', FALSE),
    (4, 'dörte', 2, 2, NULL, 2.0, NULL, NULL),
    (5, '', NULL, 2, 1200.10, 0.0, DATE '1999-01-01', TRUE),
    (6, NULL, 3, 9, 700.00, 10.5, DATE '2021-06-15', FALSE),
    (7, 'Bob', 1, 3, -50.25, NULL, DATE '2020-02-29', NULL),
    (8, 'ann', 9, 3, 0.00, 0.5, DATE '1970-01-01', TRUE),
    (9, '日本', 4, NULL, 99999999.99, 1e10, DATE '2038-01-19', FALSE);
CREATE TABLE sale (id INT PRIMARY KEY, emp_id INT, region VARCHAR(10), product VARCHAR(10), quantity INT, amount BIGINT,
    sold TIMESTAMP);
INSERT INTO sale VALUES
    (1, 1, 'north', 'pen', 10, 100, TIMESTAMP '2024-01-01 00:00:00'),
    (2, 1, 'north', 'ink', -3, 250, TIMESTAMP '2024-01-31 23:59:59.999999'),
    (3, 2, 'south', 'pen', 7, 70, TIMESTAMP '2024-02-29 12:30:00'),
    (4, 2, 'south', NULL, NULL, 5, TIMESTAMP '2024-03-01 08:00:00'),
    (5, 3, 'north', 'ink', 0, NULL, NULL),
    (6, NULL, NULL, 'pen', 1, 1, TIMESTAMP '1969-12-31 23:59:59'),
    (7, 3, 'east', 'cap', 10, 100, TIMESTAMP '2024-01-01 00:00:00'),
    (8, 1, 'east', 'cap', 4, -40, TIMESTAMP '2024-12-31 00:00:01'),
    (9, 8, 'south', 'pen', 2, 9000000000, TIMESTAMP '2024-05-05 05:05:05.5'),
    (10, 42, 'north', 'pen', 10, 100, TIMESTAMP '2024-01-01 00:00:00');
CREATE TABLE num (id INT PRIMARY KEY, a INT, b INT, big BIGINT, small SMALLINT, d DECIMAL(10, 2), e DECIMAL(8, 4),
    f DOUBLE);
INSERT INTO num VALUES
    (1, 7, 2, 7000000000, 7, 7.00, 2.0000, 7.0), (2, -7, 2, -7000000000, -7, -7.25, 2.5000, -7.5),
    (3, 7, -2, 1, 1, 7.99, -2.0001, 0.1), (4, -7, -2, -1, -1, -0.01, -0.0001, -0.1),
    (5, 0, 5, 0, 0, 0.00, 5.5555, 0.0), (6, NULL, 3, NULL, NULL, NULL, 3.3333, NULL),
    (7, 3, NULL, 3, 3, 3.30, NULL, 3.5), (8, 2147483647, 1, 9223372036854775807, 32767, 99999999.99, 9999.9999, 1e300),
    (9, 10, 3, 10, 10, 10.05, 0.1000, 2.5);
CREATE TABLE txt (id INT PRIMARY KEY, s VARCHAR(60), t VARCHAR(60));
INSERT INTO txt VALUES
    (1, 'Hello World', 'hello'), (2, '', 'x'), (3, NULL, 'null'), (4, 'a_b', 'a%b'), (5, 'a%b', 'a_b'),
    (6, 'äöüß', 'ÄÖÜ'), (7, '日本語テキスト', '日本'), (8, '  pad  ', 'pad'), (9, 'x', NULL), (10, 'back\slash', '\'),
    (11, 'UPPER lower', 'Upper'), (12, 'aaa', 'a'), (13, '😀 smile', '😀'), (14, 'it''s', '''');
CREATE TABLE nothing (id INT PRIMARY KEY, n INT, s VARCHAR(10));
CREATE TABLE tri (id INT PRIMARY KEY, p BOOLEAN, q BOOLEAN);
INSERT INTO tri VALUES (1, TRUE, TRUE), (2, TRUE, FALSE), (3, TRUE, NULL), (4, FALSE, TRUE), (5, FALSE, FALSE),
    (6, FALSE, NULL), (7, NULL, TRUE), (8, NULL, FALSE), (9, NULL, NULL);
