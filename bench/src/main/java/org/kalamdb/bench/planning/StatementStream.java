// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.planning;

import java.util.List;
import java.util.function.IntFunction;

/** Small statements of the kinds that applications send, each with a text that was not there before. */
final class StatementStream {
    /** A kind of statement. @param text of the statement of a number, different for each */
    record Kind(String name, IntFunction<String> text) {}

    static final List<Kind> KINDS = List.of(
            new Kind(
                    "join of two",
                    n -> "SELECT o.id, o.total, c.name FROM orders o JOIN customer c ON c.id = o.customer_id"
                            + " WHERE o.id = " + n % Shop.ORDERS + " AND o.total < " + (1000 + n)),
            new Kind(
                    "join of three",
                    n -> "SELECT l.id, l.quantity, p.name, o.status FROM orders o JOIN line l ON l.order_id = o.id"
                            + " JOIN product p ON p.id = l.product_id WHERE o.id = " + n % Shop.ORDERS
                            + " AND l.quantity < " + (10 + n) + " ORDER BY l.id"),
            new Kind(
                    "aggregate",
                    n -> "SELECT COUNT(*), SUM(quantity), MAX(price) FROM line WHERE order_id = " + n % Shop.ORDERS
                            + " AND id < " + (1000 + n)),
            new Kind(
                    "group by",
                    n -> "SELECT status, COUNT(*) AS c, SUM(total) FROM orders WHERE customer_id = "
                            + n % Shop.CUSTOMERS + " AND total < " + (1000 + n)
                            + " GROUP BY status HAVING COUNT(*) > 0 ORDER BY c DESC"),
            new Kind(
                    "list",
                    n -> "SELECT id, name FROM customer WHERE id IN (" + n % Shop.CUSTOMERS + ", " + (n + 7) + ", "
                            + (n + 11) + ", 3) AND (city <> 'City 3' OR since > DATE '2024-01-15') ORDER BY name, id"),
            new Kind(
                    "exists",
                    n -> "SELECT c.name FROM customer c WHERE c.id = " + n % Shop.CUSTOMERS
                            + " AND EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.total < "
                            + (100 + n) + ")"),
            new Kind(
                    "in subquery",
                    n -> "SELECT p.name, p.price FROM product p WHERE p.id IN (SELECT l.product_id FROM line l"
                            + " WHERE l.order_id = " + n % Shop.ORDERS + " AND l.quantity < " + (10 + n) + ")"),
            new Kind(
                    "scalar subquery",
                    n -> "SELECT o.id, (SELECT COUNT(*) FROM line l WHERE l.order_id = o.id) AS n FROM orders o"
                            + " WHERE o.id = " + n % Shop.ORDERS + " AND o.total < " + (1000 + n)),
            new Kind(
                    "expressions",
                    n -> "SELECT id, CASE WHEN total > " + n + " THEN 'much' ELSE 'little' END, UPPER(status),"
                            + " COALESCE(total, 0) * 2 + 1 FROM orders WHERE customer_id = " + n % Shop.CUSTOMERS
                            + " AND total BETWEEN 1 AND " + (500 + n)),
            new Kind(
                    "outer join and union",
                    n -> "SELECT c.id, o.status FROM customer c LEFT JOIN orders o ON o.customer_id = c.id"
                            + " WHERE c.id = " + n % Shop.CUSTOMERS + " UNION ALL SELECT id, name FROM product"
                            + " WHERE id = " + n % Shop.PRODUCTS + " AND price < " + (100 + n)));

    private StatementStream() {}

    static Kind kind(int number) {
        return KINDS.get(number % KINDS.size());
    }
}
