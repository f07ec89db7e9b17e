// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.SessionControl.SetVariable;
import org.kalamdb.sql.SessionControl.UseNamespace;
import org.kalamdb.sql.TransactionControl.Begin;
import org.kalamdb.sql.TransactionControl.Commit;
import org.kalamdb.sql.TransactionControl.ReleaseSavepoint;
import org.kalamdb.sql.TransactionControl.Rollback;
import org.kalamdb.sql.TransactionControl.RollbackToSavepoint;
import org.kalamdb.sql.TransactionControl.Savepoint;
import org.kalamdb.sql.TransactionControl.SetSessionCharacteristics;
import org.kalamdb.sql.TransactionControl.SetTransaction;
import org.kalamdb.sql.TransactionControl.TransactionMode;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Reads transaction control, USE and SET. Confined to one thread. */
final class SessionParser {
    private final FragmentReader reader;
    private final TokenCursor tokens;

    SessionParser(FragmentReader reader) {
        this.reader = reader;
        this.tokens = reader.tokens();
    }

    TransactionControl transactionControl() throws ParseException {
        Token first = tokens.next();
        return switch (first.image.toUpperCase(Locale.ROOT)) {
            case "BEGIN" -> {
                skipKindOfBegin();
                acceptTransaction();
                TransactionMode mode = mode();
                yield new Begin(tokens.since(first), mode);
            }
            case "START" -> {
                tokens.expect("TRANSACTION");
                TransactionMode mode = mode();
                yield new Begin(tokens.since(first), mode);
            }
            case "COMMIT", "END" -> {
                acceptTransaction();
                refuseChain();
                yield new Commit(tokens.since(first));
            }
            case "SAVEPOINT" -> {
                SqlIdentifier name = tokens.name("a savepoint");
                yield new Savepoint(tokens.since(first), name);
            }
            case "RELEASE" -> {
                SqlIdentifier name = savepoint();
                yield new ReleaseSavepoint(tokens.since(first), name);
            }
            default -> rollback(first);
        };
    }

    private TransactionControl rollback(Token first) throws ParseException {
        acceptTransaction();
        if (tokens.accept("TO")) {
            SqlIdentifier name = savepoint();
            return new RollbackToSavepoint(tokens.since(first), name);
        }
        refuseChain();
        return new Rollback(tokens.since(first));
    }

    private SqlIdentifier savepoint() throws ParseException {
        if (tokens.at("SAVEPOINT") && Keywords.isName(tokens.peek(2))) {
            tokens.next();
        }
        return tokens.name("a savepoint");
    }

    /** How eagerly SQLite locks is of no meaning here. */
    private void skipKindOfBegin() {
        if (!tokens.accept("DEFERRED") && !tokens.accept("IMMEDIATE")) {
            tokens.accept("EXCLUSIVE");
        }
    }

    private void acceptTransaction() {
        if (!tokens.accept("TRANSACTION")) {
            tokens.accept("WORK");
        }
    }

    private void refuseChain() {
        if (tokens.at("AND", "CHAIN")) {
            throw tokens.notSupported("AND CHAIN is not supported, begin the next transaction with BEGIN");
        }
        tokens.accept("AND", "NO", "CHAIN");
    }

    private TransactionMode mode() {
        IsolationLevel isolationLevel = null;
        Boolean readOnly = null;
        while (true) {
            if (tokens.accept("ISOLATION", "LEVEL")) {
                isolationLevel = isolationLevel();
            } else if (tokens.accept("READ", "ONLY")) {
                readOnly = true;
            } else if (tokens.accept("READ", "WRITE")) {
                readOnly = false;
            } else if (!tokens.accept(",")) {
                return new TransactionMode(isolationLevel, readOnly);
            }
        }
    }

    private TransactionMode saidMode() {
        TransactionMode mode = mode();
        if (mode.equals(TransactionMode.DEFAULT)) {
            throw tokens.error("ISOLATION LEVEL", "READ ONLY", "READ WRITE");
        }
        return mode;
    }

    private IsolationLevel isolationLevel() {
        if (tokens.accept("READ", "COMMITTED") || tokens.accept("READ", "UNCOMMITTED")) {
            return IsolationLevel.READ_COMMITTED;
        }
        if (tokens.accept("REPEATABLE", "READ") || tokens.accept("SNAPSHOT")) {
            return IsolationLevel.REPEATABLE_READ;
        }
        if (tokens.accept("SERIALIZABLE")) {
            return IsolationLevel.SERIALIZABLE;
        }
        throw tokens.error("READ COMMITTED", "REPEATABLE READ", "SNAPSHOT", "SERIALIZABLE");
    }

    Statement sessionControl() throws ParseException {
        Token first = tokens.next();
        return switch (first.image.toUpperCase(Locale.ROOT)) {
            case "USE" -> useNamespace(first);
            case "RESET" -> {
                SqlIdentifier name = tokens.qualifiedName("a setting");
                yield new SetVariable(tokens.since(first), name, null);
            }
            default -> set(first);
        };
    }

    private UseNamespace useNamespace(Token first) throws ParseException {
        if ((tokens.at("NAMESPACE") || tokens.at("SCHEMA")) && Keywords.isName(tokens.peek(2))) {
            tokens.next();
        }
        SqlIdentifier name = tokens.name("a namespace");
        return new UseNamespace(tokens.since(first), name);
    }

    private Statement set(Token first) throws ParseException {
        if (tokens.accept("TRANSACTION")) {
            TransactionMode mode = saidMode();
            return new SetTransaction(tokens.since(first), mode);
        }
        if (tokens.accept("SESSION", "CHARACTERISTICS")) {
            tokens.expect("AS");
            tokens.expect("TRANSACTION");
            TransactionMode mode = saidMode();
            return new SetSessionCharacteristics(tokens.since(first), mode);
        }
        if (tokens.at("LOCAL")) {
            throw tokens.notSupported("SET LOCAL is not supported, use SET TRANSACTION for one transaction");
        }
        tokens.accept("SESSION");
        boolean namespace = tokens.at("NAMESPACE") || tokens.at("SCHEMA");
        if (namespace && !tokens.atOffset(2, "=") && !tokens.atOffset(2, "TO")) {
            tokens.next();
            SqlIdentifier name = namespaceNameOrString();
            return new UseNamespace(tokens.since(first), name);
        }
        SqlIdentifier name = tokens.qualifiedName("a setting");
        if (!tokens.accept("=") && !tokens.accept("TO")) {
            throw tokens.error("=", "TO");
        }
        OptionValue value = tokens.accept("DEFAULT") ? null : reader.optionValue();
        return new SetVariable(tokens.since(first), name, value);
    }

    private SqlIdentifier namespaceNameOrString() throws ParseException {
        if (!tokens.atString()) {
            return tokens.name("a namespace");
        }
        Token token = tokens.peek();
        String name = tokens.string();
        if (name.isEmpty()) {
            throw new KalamException(
                    ErrorCode.INVALID_NAME, TokenCursor.position(token), "Namespace name is empty", null);
        }
        return new SqlIdentifier(name, tokens.since(token));
    }
}
