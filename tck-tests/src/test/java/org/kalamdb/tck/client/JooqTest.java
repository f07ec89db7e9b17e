// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JooqTest {
    private static final Table<Record> SALE = table(name("sale"));
    private static final Field<Integer> ID = field(name("sale", "id"), SQLDataType.INTEGER);
    private static final Field<String> REGION = field(name("sale", "region"), SQLDataType.VARCHAR);
    private static final Field<BigDecimal> AMOUNT = field(name("sale", "amount"), SQLDataType.DECIMAL(10, 2));

    private ClientDatabase database;
    private Connection connection;

    @BeforeEach
    void createTable() throws SQLException {
        database = ClientDatabase.with(
                "CREATE TABLE sale (id INT PRIMARY KEY, region VARCHAR(10), amount DECIMAL(10, 2))");
        connection = DriverManager.getConnection(database.url());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    private DSLContext sql(SQLDialect dialect) {
        return DSL.using(
                connection, dialect, new Settings().withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED));
    }

    @ParameterizedTest
    @EnumSource(
            value = SQLDialect.class,
            names = {"DEFAULT", "POSTGRES", "H2"})
    void writesAndReads(SQLDialect dialect) {
        DSLContext sql = sql(dialect);
        assertThat(sql.insertInto(SALE, ID, REGION, AMOUNT)
                        .values(1, "north", new BigDecimal("10.50"))
                        .values(2, "south", new BigDecimal("20.00"))
                        .values(3, "north", new BigDecimal("1.25"))
                        .execute())
                .isEqualTo(3);
        assertThat(sql.select(REGION, sum(AMOUNT), count())
                        .from(SALE)
                        .groupBy(REGION)
                        .having(count().gt(1))
                        .orderBy(REGION)
                        .fetch())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.value1()).isEqualTo("north");
                    assertThat(row.value2()).isEqualByComparingTo("11.75");
                    assertThat(row.value3()).isEqualTo(2);
                });
        assertThat(sql.select(ID)
                        .from(SALE)
                        .where(REGION.in("north", "west").and(AMOUNT.between(BigDecimal.ONE, BigDecimal.TEN)))
                        .fetch(ID))
                .containsExactly(3);
        assertThat(sql.update(SALE).set(AMOUNT, AMOUNT.plus(1)).where(ID.eq(2)).execute())
                .isEqualTo(1);
        assertThat(sql.select(ID, rowNumber().over().partitionBy(REGION).orderBy(AMOUNT.desc()))
                        .from(SALE)
                        .orderBy(ID)
                        .fetch()
                        .getValues(1))
                .isEqualTo(List.of(1, 1, 2));
        assertThat(sql.deleteFrom(SALE).where(ID.le(2)).execute()).isEqualTo(2);
    }

    @Test
    void limitsAndMerges() {
        DSLContext sql = sql(SQLDialect.POSTGRES);
        for (int i = 0; i < 2; i++) {
            sql.insertInto(SALE, ID, REGION, AMOUNT)
                    .values(1, "north", BigDecimal.ONE)
                    .onConflict(ID)
                    .doUpdate()
                    .set(AMOUNT, AMOUNT.plus(BigDecimal.TEN))
                    .execute();
        }
        assertThat(sql.select(AMOUNT).from(SALE).orderBy(ID).limit(1).offset(0).fetchOne(AMOUNT))
                .isEqualByComparingTo("11");
        assertThat(sql.insertInto(SALE, ID, REGION)
                        .values(7, "west")
                        .returning(ID)
                        .fetchOne(ID))
                .isEqualTo(7);
    }

    @Test
    void rollsBackTransactions() {
        DSLContext sql = sql(SQLDialect.DEFAULT);
        assertThatThrownBy(() -> sql.transaction(configuration -> {
                    configuration.dsl().insertInto(SALE, ID).values(1).execute();
                    configuration.dsl().insertInto(SALE, ID).values(1).execute();
                }))
                .isInstanceOf(IntegrityConstraintViolationException.class);
        assertThat(sql.fetchCount(SALE)).isZero();
    }

    @Test
    void readsTheMetadata() {
        Table<?> sale = sql(SQLDialect.DEFAULT).meta().getTables("sale").get(0);
        assertThat(sale.fields()).extracting(Field::getName).containsExactly("id", "region", "amount");
        assertThat(sale.getPrimaryKey().getFields()).extracting(Field::getName).containsExactly("id");
        assertThat(sale.field("amount").getDataType().precision()).isEqualTo(10);
    }
}
