// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.engine.StatementKind;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.sql.Definition.AlterTable;
import org.kalamdb.sql.Definition.CreateTable;
import org.kalamdb.sql.Definition.CreateView;

final class DefinitionParserTest {
    @Test
    void readsColumnsAndConstraints() {
        CreateTable table = Parsed.as(CreateTable.class, """
                create table if not exists app.t (
                  id bigint primary key default snowflake_id() comment 'the key',
                  a varchar(20) not null default 'x',
                  b decimal(10, 2) constraint positive check (b > 0),
                  c int references app.u (id) on delete cascade on update set null,
                  d int unique null,
                  constraint pair unique (a, b),
                  check (a <> 'y' or b is null),
                  foreign key (a, b) references x
                ) comment 'a table'""");
        assertThat(table.kind()).isEqualTo(StatementKind.DDL);
        assertThat(table.ifNotExists()).isTrue();
        assertThat(Parsed.text(table.name())).isEqualTo("app.t");
        assertThat(table.comment()).isEqualTo("a table");
        assertThat(Parsed.texts(table.columns()))
                .containsExactly(
                        "ColumnSpec[2:3, name=id, type=DeclaredType[type=BIGINT], nullability=UNSPECIFIED, "
                                + "defaultValue=snowflake_id(), identity=null, comment=the key]",
                        "ColumnSpec[3:3, name=a, type=DeclaredType[type=TEXT, maxLength=20, autoIncrement=false], "
                                + "nullability=NOT_NULL, defaultValue='x', identity=null, comment=null]",
                        "ColumnSpec[4:3, name=b, type=DeclaredType[type=DECIMAL(10, 2)], nullability=UNSPECIFIED, "
                                + "defaultValue=null, identity=null, comment=null]",
                        "ColumnSpec[5:3, name=c, type=DeclaredType[type=INT], nullability=UNSPECIFIED, "
                                + "defaultValue=null, identity=null, comment=null]",
                        "ColumnSpec[6:3, name=d, type=DeclaredType[type=INT], nullability=NULL, "
                                + "defaultValue=null, identity=null, comment=null]");
        assertThat(Parsed.texts(table.constraints()))
                .containsExactly(
                        "PrimaryKey[2:13, name=null, columns=[id]]",
                        "Check[4:20, name=positive, condition=b > 0, text=b > 0]",
                        "ForeignKey[5:9, name=null, columns=[c], referencedTable=app.u, referencedColumns=[id], "
                                + "onUpdate=SET_NULL, onDelete=CASCADE]",
                        "Unique[6:9, name=null, columns=[d]]",
                        "Unique[7:3, name=pair, columns=[a, b]]",
                        "Check[8:3, name=null, condition=a <> 'y' OR b IS NULL, text=a <> 'y' or b is null]",
                        "ForeignKey[9:3, name=null, columns=[a, b], referencedTable=x, referencedColumns=[], "
                                + "onUpdate=NO_ACTION, onDelete=NO_ACTION]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "create user table t (a int) storage local flush interval 60s row_threshold 1000 "
                        + "| TYPE=USER STORAGE_ID=local FLUSH_POLICY=rows:1000,interval:60",
                "create shared table t (a int) access level public flush rows 100 | TYPE=SHARED ACCESS_LEVEL=public FLUSH_POLICY=rows:100",
                "create stream table t (a int) ttl 1h | TYPE=STREAM TTL_SECONDS=3600",
                "create stream table t (a int) ttl 10 | TYPE=STREAM TTL_SECONDS=10",
                "create user table t (a int) use_user_storage flush seconds 5 | TYPE=USER USE_USER_STORAGE=TRUE FLUSH_POLICY=interval:5",
                "create table t (a int) table_type 'user' flush policy row_limit 7 | TYPE=user FLUSH_POLICY=rows:7",
                "create table t (a int) using parquet | ~~",
                "create table t (a int) with (TYPE='SHARED', ACCESS_LEVEL='PUBLIC', FLUSH_POLICY='rows:1000,interval:60') "
                        + "| TYPE=SHARED ACCESS_LEVEL=PUBLIC FLUSH_POLICY=rows:1000,interval:60",
                "create stream table t (a int) with (type = stream, ttl_seconds = 60, eviction_strategy = hybrid, max_stream_size_bytes = 1000) "
                        + "| TYPE=STREAM TTL_SECONDS=60 EVICTION_STRATEGY=hybrid MAX_STREAM_SIZE_BYTES=1000",
                "create table t (a int) with (compression = zstd, deleted_retention_hours = -1, use_user_storage = true) "
                        + "| COMPRESSION=zstd DELETED_RETENTION_HOURS=-1 USE_USER_STORAGE=true",
            })
    void bringsOptionsIntoOneForm(String sql, String expected) {
        CreateTable table = Parsed.as(CreateTable.class, sql);
        StringBuilder options = new StringBuilder();
        table.options()
                .forEach((key, value) ->
                        options.append(key).append('=').append(value.text()).append(' '));
        assertThat(options.toString().strip()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "int generated always as identity | true | 1 | 1",
                "int generated by default as identity (start with 10 increment by -5) | false | 10 | -5",
                "bigint auto_increment | false | 1 | 1",
                "integer primary key autoincrement | false | 1 | 1",
                "int identity(5, 2) | false | 5 | 2",
                "serial | false | 1 | 1",
                "bigserial | false | 1 | 1",
            })
    void readsIdentityColumns(String declaration, boolean always, long start, long increment) {
        CreateTable table = Parsed.as(CreateTable.class, "create table t (a " + declaration + ")");
        assertThat(table.columns().get(0).identity()).isEqualTo(new IdentityDefinition(always, start, increment));
    }

    @Test
    void readsTablesFromQueries() {
        CreateTable table =
                Parsed.as(CreateTable.class, "create table t (a, b) as select 1, 2 order by 1 with no data");
        assertThat(Parsed.text(table.query()))
                .isEqualTo("TableQuery[columnNames=[a, b], node=SELECT 1, 2 ORDER BY 1, withData=false]");
        assertThat(Parsed.text(Parsed.as(CreateTable.class, "create table t as values (1)")
                        .query()))
                .isEqualTo("TableQuery[columnNames=[], node=VALUES ROW(1), withData=true]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "add column tag text default 'x' | AddColumn[1:15, column=ColumnSpec[1:26, name=tag, type=DeclaredType[type=TEXT], nullability=UNSPECIFIED, defaultValue='x', identity=null, comment=null], constraints=[], ifNotExists=false]",
                "add if not exists tag int check (tag > 0) | AddColumn[1:15, column=ColumnSpec[1:33, name=tag, type=DeclaredType[type=INT], nullability=UNSPECIFIED, defaultValue=null, identity=null, comment=null], constraints=[Check[1:41, name=null, condition=tag > 0, text=tag > 0]], ifNotExists=true]",
                "drop column tag | DropColumn[1:15, column=tag, ifExists=false, behavior=RESTRICT]",
                "drop if exists tag cascade | DropColumn[1:15, column=tag, ifExists=true, behavior=CASCADE]",
                "modify column n bigint not null | ModifyColumn[1:15, column=ColumnSpec[1:29, name=n, type=DeclaredType[type=BIGINT], nullability=NOT_NULL, defaultValue=null, identity=null, comment=null]]",
                "rename column body to text | RenameColumn[1:15, column=body, newName=text]",
                "rename to u | RenameTable[1:15, newName=u]",
                "alter column n set not null | SetNotNull[1:15, column=n, notNull=true]",
                "alter n drop not null | SetNotNull[1:15, column=n, notNull=false]",
                "alter column n set default 0 | SetDefault[1:15, column=n, value=0]",
                "alter column n drop default | DropDefault[1:15, column=n]",
                "alter column n type bigint | SetColumnType[1:15, column=n, type=DeclaredType[type=BIGINT]]",
                "alter column n set data type bigint | SetColumnType[1:15, column=n, type=DeclaredType[type=BIGINT]]",
                "set access level private | SetOptions[1:15, options={ACCESS_LEVEL=OptionValue[text=private, 1:32]}]",
                "set tblproperties (access_level = 'x') | SetOptions[1:15, options={ACCESS_LEVEL=OptionValue[text=x, 1:49]}]",
                "set ttl_seconds = 5 | SetOptions[1:15, options={TTL_SECONDS=OptionValue[text=5, 1:33]}]",
                "add constraint u unique (a) | AddConstraint[1:15, constraint=Unique[1:19, name=u, columns=[a]]]",
                "add primary key (a) | AddConstraint[1:15, constraint=PrimaryKey[1:19, name=null, columns=[a]]]",
                "drop constraint u | DropConstraint[1:15, name=u, ifExists=false, behavior=RESTRICT]",
                "drop primary key | DropConstraint[1:15, name=null, ifExists=false, behavior=RESTRICT]",
            })
    void readsActionsOfAlterTable(String action, String expected) {
        AlterTable alter = Parsed.as(AlterTable.class, "alter table t " + action);
        assertThat(Parsed.texts(alter.actions())).containsExactly(expected);
    }

    @Test
    void readsSeveralActions() {
        AlterTable alter =
                Parsed.as(AlterTable.class, "alter table if exists app.t add a int, drop b, alter c drop default");
        assertThat(alter.ifExists()).isTrue();
        assertThat(alter.actions()).hasSize(3);
    }

    @Test
    void keepsTheTextOfAView() {
        CreateView view = Parsed.as(
                CreateView.class,
                "create or replace view app.v (a, b) as\n\tselect x,\r\n y /* c */ from t where z = 'é' -- end\n;");
        assertThat(view.replace()).isTrue();
        assertThat(Parsed.texts(view.columnNames())).containsExactly("a", "b");
        assertThat(view.queryText()).isEqualTo("select x,\r\n y /* c */ from t where z = 'é'");
        assertThat(Parsed.as(CreateView.class, "create view if not exists v as (select 1)")
                        .queryText())
                .isEqualTo("(select 1)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "create namespace if not exists app | CreateNamespace[1:1, name=app, ifNotExists=true]",
                "create schema app | CreateNamespace[1:1, name=app, ifNotExists=false]",
                "drop namespace if exists app cascade | DropNamespace[1:1, name=app, ifExists=true, behavior=CASCADE]",
                "drop schema app | DropNamespace[1:1, name=app, ifExists=false, behavior=RESTRICT]",
                "alter namespace app set options (region = 'eu', X = 1) | AlterNamespace[1:1, name=app, options={region=OptionValue[text=eu, 1:43], x=OptionValue[text=1, 1:53]}]",
                "alter namespace app set description 'hi' | AlterNamespace[1:1, name=app, options={description=OptionValue[text=hi, 1:37]}]",
                "drop table t | DropTable[1:1, type=null, names=[t], ifExists=false, behavior=RESTRICT]",
                "drop user table if exists a.b, c cascade | DropTable[1:1, type=USER, names=[a.b, c], ifExists=true, behavior=CASCADE]",
                "drop view v, w restrict | DropView[1:1, names=[v, w], ifExists=false, behavior=RESTRICT]",
                "comment on column app.t.c is 'x' | CommentOn[1:1, subject=COLUMN, name=app.t.c, comment=x]",
                "comment on table t is null | CommentOn[1:1, subject=TABLE, name=t, comment=null]",
            })
    void readsOtherDefinitions(String sql, String expected) {
        assertThat(Parsed.text(KalamParser.parse(sql))).isEqualTo(expected);
    }
}
