SELECT id, upper(s), lower(s) FROM txt WHERE id <> 6;
SELECT id, length(s), char_length(s) FROM txt;
SELECT id, s || t, s || '!' FROM txt;
SELECT id, concat(s, t), concat(s, '-', t) FROM txt;
SELECT id, substring(s, 2), substring(s, 1, 3), substring(s FROM 2 FOR 2) FROM txt;
SELECT id, left(s, 2), right(s, 2) FROM txt;
SELECT id, trim(s), ltrim(s), rtrim(s) FROM txt;
SELECT trim('x' FROM 'xxaxx'), trim(LEADING 'x' FROM 'xxa'), trim(TRAILING 'x' FROM 'axx');
SELECT id, replace(s, 'a', 'bb') FROM txt;
SELECT id, position('o' IN s) FROM txt;
SELECT id, strpos(s, 'b') FROM txt;
SELECT id, reverse(s) FROM txt;
SELECT lpad('7', 3, '0'), rpad('ab', 5, '-'), lpad('long', 2, 'x');
SELECT repeat('ab', 3), repeat('x', 0);
SELECT starts_with('hello', 'he'), starts_with('hello', 'lo');
SELECT ascii('A'), chr(66);
SELECT split_part('a,b,c', ',', 2);
SELECT id FROM txt WHERE upper(s) = 'HELLO WORLD';
SELECT id FROM txt WHERE length(s) = 0;
SELECT id, s = trim(s) FROM txt;
SELECT 'it''s', '', 'ä' || 'ö', '日' || '本';
SELECT id, cast(s AS VARCHAR(3)) IS NULL FROM txt;
SELECT md5('abc');
SELECT regexp_replace('abc123', '[0-9]+', 'X');
SELECT concat_ws('-', 'a', NULL, 'b');
SELECT min(s), max(s), count(DISTINCT t) FROM txt;
SELECT s, count(*) FROM (SELECT lower(name) AS s FROM emp) x GROUP BY s;
--@ differs it knows no lengths
--@ row 'abc', 'ab', 'a', '123', 'tr'
SELECT CAST('abcdef' AS VARCHAR(3)), 'abcdef'::CHAR(2), CAST('a' AS CHAR(3)), CAST(12345 AS VARCHAR(3)), CAST(TRUE AS VARCHAR(2));
--@ reference SELECT '{"k":1}', '{"a":2}', '{"a":null}'
SELECT JSON_OBJECT('k' VALUE 1), JSON_OBJECT(KEY 'a' VALUE 2), JSON_OBJECT('a' VALUE NULL);
--@ reference SELECT '{"pen":1}', '[1]'
SELECT JSON_OBJECTAGG(product VALUE id), JSON_ARRAYAGG(id) FROM sale WHERE id = 1;
