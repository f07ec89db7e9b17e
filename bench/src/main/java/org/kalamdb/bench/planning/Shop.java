// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/**
 * The four tables of a shop, with so few rows that answering a statement costs next to nothing beside planning it, and {@link
 * #CHAIN} tables that refer each to the next.
 */
final class Shop {
    static final int CUSTOMERS = 100;
    static final int PRODUCTS = 60;
    static final int ORDERS = 300;
    static final int LINES_OF_ORDER = 3;
    static final int CHAIN = 60;

    private Shop() {}

    /** What makes and fills the tables, in SQL that all peers know. */
    static List<String> statements() {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(40), city VARCHAR(40), since DATE)",
                "CREATE TABLE product (id INT PRIMARY KEY, name VARCHAR(40), category VARCHAR(20), price DECIMAL(10, 2))",
                "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, status VARCHAR(10), total DECIMAL(10, 2))",
                "CREATE TABLE line (id INT PRIMARY KEY, order_id INT, product_id INT, quantity INT, price DECIMAL(10, 2))",
                "CREATE INDEX orders_customer ON orders (customer_id)",
                "CREATE INDEX line_order ON line (order_id)"));
        statements.add(insert(
                "customer",
                CUSTOMERS,
                i -> "'Name " + i + "', 'City " + i % 7 + "', DATE '2024-01-" + (10 + i % 20) + "'"));
        statements.add(insert("product", PRODUCTS, i -> "'Product " + i + "', 'category " + i % 5 + "', " + i + ".50"));
        statements.add(insert("orders", ORDERS, i -> i % CUSTOMERS + ", 'status " + i % 4 + "', " + i + ".25"));
        statements.add(insert(
                "line",
                ORDERS * LINES_OF_ORDER,
                i -> i / LINES_OF_ORDER + ", " + i * 7 % PRODUCTS + ", " + (1 + i % 9) + ", " + i % 50 + ".10"));
        for (int table = 0; table < CHAIN; table++) {
            statements.add("CREATE TABLE t" + table + " (id INT PRIMARY KEY, next INT, v INT)");
            statements.add(insert("t" + table, 10, i -> (i * 3 + 1) % 10 + ", " + i));
        }
        return statements;
    }

    private static String insert(String table, int rows, IntFunction<String> values) {
        StringJoiner text = new StringJoiner(", ", "INSERT INTO " + table + " VALUES ", "");
        for (int i = 0; i < rows; i++) {
            text.add("(" + i + ", " + values.apply(i) + ")");
        }
        return text.toString();
    }

    /** Tables in a row: each is joined with the one before. @param variant makes a query that has not been seen */
    static String chain(int tables, int variant) {
        StringBuilder text = new StringBuilder("SELECT t0.id AS a" + variant + ", t" + (tables - 1) + ".v FROM t0");
        for (int i = 1; i < tables; i++) {
            text.append(" JOIN t" + i + " ON t" + i + ".id = t" + (i - 1) + ".next");
        }
        return text + " WHERE t0.id = 3";
    }

    /** One table in the middle, with which all others are joined. @param variant makes a query that has not been seen */
    static String star(int tables, int variant) {
        StringBuilder text = new StringBuilder("SELECT t0.id AS a" + variant + ", t" + (tables - 1) + ".v FROM t0");
        for (int i = 1; i < tables; i++) {
            text.append(" JOIN t" + i + " ON t" + i + ".id = t0.next");
        }
        return text + " WHERE t0.id = 3";
    }
}
