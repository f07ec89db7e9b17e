ALTER TABLE customer ADD COLUMN city TEXT DEFAULT 'Rome';
CREATE VIEW roman AS SELECT id, name FROM customer WHERE city = 'Rome';
