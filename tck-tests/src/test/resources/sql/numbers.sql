SELECT id, a + b, a - b, a * b FROM num WHERE id <> 8;
--@ reference SELECT id, a // b, a % b FROM num WHERE b <> 0
SELECT id, a / b, a % b FROM num WHERE b <> 0;
SELECT id, mod(a, b) FROM num;
--@ reference SELECT -7 // 2, 7 // -2, -7 % 2, 7 % -2
SELECT -7 / 2, 7 / -2, -7 % 2, 7 % -2;
--@ reference SELECT 1 // 2, 10 // 3, 0 // 5
SELECT 1 / 2, 10 / 3, 0 / 5;
SELECT id, d + e, d - e, d * e FROM num;
SELECT id, d + a, d * 2, -d FROM num WHERE id <> 8;
SELECT id, f + 1, f * 2, f / 4 FROM num WHERE id <> 8;
SELECT id, d / 4.0 FROM num WHERE id <> 8;
SELECT 0.1 + 0.2, 0.1 * 0.1, 1.0 - 0.9;
SELECT 1.10 = 1.1, 1.10 + 0, 2 * 1.50;
SELECT id, abs(a), sign(a), abs(d) FROM num;
SELECT id, floor(f), ceil(f) FROM num WHERE id <> 8;
SELECT id, floor(d), ceil(d) FROM num;
--@ fault ROUND of a DECIMAL keeps the precision, so that rounding up can overflow it
SELECT id, round(d, 1), round(e, 2) FROM num;
SELECT id, round(d, 1), round(e, 2) FROM num WHERE id <> 8;
SELECT id, round(d) FROM num WHERE id <> 8;
SELECT round(2.5), round(-2.5), round(3.5), round(0.5);
SELECT trunc(2.7), trunc(-2.7);
SELECT sqrt(16), power(2, 10), exp(0), ln(1), log10(1000);
SELECT sin(0), cos(0), atan(0), pi();
SELECT cast(7.5 AS INT), cast(-7.5 AS INT), cast(6.5 AS INT), cast(7.4 AS INT);
SELECT cast(2.5 AS DOUBLE), cast(1e3 AS INT), cast(5 AS DECIMAL(5, 2));
SELECT cast('42' AS INT), cast('-7' AS BIGINT), cast('1.25' AS DECIMAL(5, 2)), cast('1e2' AS DOUBLE);
SELECT '42'::INT, '1.5'::DOUBLE, 3::BIGINT, 3.7::DECIMAL(3, 0);
SELECT id, a::VARCHAR, d::VARCHAR, big::VARCHAR FROM num;
SELECT id, cast(d AS INT), cast(d AS BIGINT) FROM num WHERE id <> 8;
SELECT id, cast(f AS DECIMAL(10, 1)) FROM num WHERE id <> 8;
SELECT cast(1 AS BOOLEAN), cast(0 AS BOOLEAN), cast('true' AS BOOLEAN);
SELECT 9223372036854775807, -9223372036854775808, 2147483648;
SELECT 1e0, 1.5e-3, .5, 5.;
SELECT id, a + NULL, NULL * b FROM num;
SELECT +a, -a, - -a FROM num;
SELECT id, big + a FROM num WHERE id <> 8;
SELECT id, a * 1.5, b * 0.25 FROM num WHERE id <> 8;
SELECT cast(99999999999999999999.99 AS DECIMAL(38, 2)) + 0.01;
SELECT cast(12345678901234567890 AS DECIMAL(38, 0)) * 10;
SELECT sum(x) FROM (VALUES (0.1), (0.2), (0.3)) AS v(x);
SELECT avg(x) FROM (VALUES (1), (2), (4)) AS v(x);
SELECT 5 % 3, 5 % -3, -5 % 3, 5.5 % 2;
