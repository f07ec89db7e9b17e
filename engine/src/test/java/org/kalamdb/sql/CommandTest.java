// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.engine.StatementKind;

final class CommandTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "describe table app.t history | QUERY | Describe[1:1, table=app.t, history=true]",
                "desc t | QUERY | Describe[1:1, table=t, history=false]",
                "describe history | QUERY | Describe[1:1, table=history, history=false]",
                "show tables | QUERY | ShowTables[1:1, namespace=null, pattern=null]",
                "show tables in namespace app like 'a%' | QUERY | ShowTables[1:1, namespace=app, pattern=a%]",
                "show tables from app | QUERY | ShowTables[1:1, namespace=app, pattern=null]",
                "show namespaces | QUERY | ShowNamespaces[1:1, pattern=null]",
                "show schemas like 'x' | QUERY | ShowNamespaces[1:1, pattern=x]",
                "show columns in app.t | QUERY | ShowColumns[1:1, table=app.t]",
                "show stats for table app.t | QUERY | ShowStats[1:1, table=app.t]",
                "show stats | QUERY | ShowStats[1:1, table=null]",
                "show storages | QUERY | ShowStorages[1:1]",
                "show manifest | QUERY | ShowManifest[1:1]",
                "show create table t | QUERY | ShowCreate[1:1, table=t]",
                "show all | QUERY | ShowVariable[1:1, name=all]",
                "show transaction isolation level | QUERY | ShowVariable[1:1, name=transaction_isolation]",
                "storage flush table app.t | QUERY | StorageCommand[1:1, action=FLUSH, table=app.t, namespace=null]",
                "flush all tables in app | QUERY | StorageCommand[1:1, action=FLUSH, table=null, namespace=app]",
                "storage compact all in namespace app | QUERY | StorageCommand[1:1, action=COMPACT, table=null, namespace=app]",
                "storage compact all | QUERY | StorageCommand[1:1, action=COMPACT, table=null, namespace=null]",
                "use app | SESSION | UseNamespace[1:1, name=app]",
                "use namespace \"App\" | SESSION | UseNamespace[1:1, name=App]",
                "set namespace app | SESSION | UseNamespace[1:1, name=app]",
                "set schema 'App' | SESSION | UseNamespace[1:1, name=App]",
                "set a.b = 5 | SESSION | SetVariable[1:1, name=a.b, value=OptionValue[text=5, 1:11]]",
                "set x to 'y' | SESSION | SetVariable[1:1, name=x, value=OptionValue[text=y, 1:10]]",
                "set x = default | SESSION | SetVariable[1:1, name=x, value=null]",
                "reset x | SESSION | SetVariable[1:1, name=x, value=null]",
                "begin | TRANSACTION | Begin[1:1, mode=TransactionMode[isolationLevel=null, readOnly=null]]",
                "begin work | TRANSACTION | Begin[1:1, mode=TransactionMode[isolationLevel=null, readOnly=null]]",
                "begin immediate | TRANSACTION | Begin[1:1, mode=TransactionMode[isolationLevel=null, readOnly=null]]",
                "start transaction isolation level repeatable read, read only | TRANSACTION | Begin[1:1, mode=TransactionMode[isolationLevel=REPEATABLE_READ, readOnly=true]]",
                "begin transaction isolation level snapshot read write | TRANSACTION | Begin[1:1, mode=TransactionMode[isolationLevel=REPEATABLE_READ, readOnly=false]]",
                "set transaction isolation level serializable | TRANSACTION | SetTransaction[1:1, mode=TransactionMode[isolationLevel=SERIALIZABLE, readOnly=null]]",
                "set session characteristics as transaction read only | TRANSACTION | SetSessionCharacteristics[1:1, mode=TransactionMode[isolationLevel=null, readOnly=true]]",
                "commit work | TRANSACTION | Commit[1:1]",
                "end | TRANSACTION | Commit[1:1]",
                "rollback transaction | TRANSACTION | Rollback[1:1]",
                "rollback to savepoint a | TRANSACTION | RollbackToSavepoint[1:1, name=a]",
                "rollback to a | TRANSACTION | RollbackToSavepoint[1:1, name=a]",
                "savepoint a | TRANSACTION | Savepoint[1:1, name=a]",
                "release a | TRANSACTION | ReleaseSavepoint[1:1, name=a]",
                "explain select 1 | QUERY | Explain[1:1, analyze=false, format=TEXT, statement=Query[1:9, node=SELECT 1]]",
                "explain analyze format json select 1 | QUERY | Explain[1:1, analyze=true, format=JSON, statement=Query[1:29, node=SELECT 1]]",
                "explain (format json, analyze) select 1 | QUERY | Explain[1:1, analyze=true, format=JSON, statement=Query[1:32, node=SELECT 1]]",
                "explain plan for table t | QUERY | Explain[1:1, analyze=false, format=TEXT, statement=Query[1:18, node=TABLE t]]",
                "explain query plan select 1 | QUERY | Explain[1:1, analyze=false, format=TEXT, statement=Query[1:20, node=SELECT 1]]",
                "explain (select 1) | QUERY | Explain[1:1, analyze=false, format=TEXT, statement=Query[1:9, node=SELECT 1]]",
            })
    void readsCommands(String sql, StatementKind kind, String expected) {
        Statement statement = KalamParser.parse(sql);
        assertThat(Parsed.text(statement)).isEqualTo(expected);
        assertThat(statement.kind()).isEqualTo(kind);
    }
}
