// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.sql.SimpleScanner.Kind;
import org.kalamdb.sql.SimpleStatement.ColumnReference;
import org.kalamdb.sql.SimpleStatement.Condition;
import org.kalamdb.sql.SimpleStatement.Item;
import org.kalamdb.sql.SimpleStatement.Operator;
import org.kalamdb.sql.SimpleStatement.SortKey;
import org.kalamdb.sql.SimpleStatement.TableReference;
import org.kalamdb.sql.SimpleStatement.Value;

/**
 * Reads simple statements in microseconds, and without loading the grammar. It knows a part of the language and answers
 * nothing for the rest, errors included, so that what is wrong is said in one place. Confined to one thread.
 */
public final class SimpleStatements {
    private static final int MAX_DIGITS_OF_COUNT = 9;

    private final SimpleScanner tokens;
    private int questionMarks;
    private boolean numbered;

    private SimpleStatements(SimpleScanner tokens) {
        this.tokens = tokens;
    }

    /** The statement in {@code sql}, which means what the grammar would make of it; null if it is not simple. */
    public static @Nullable SimpleStatement read(String sql) {
        try {
            return new SimpleStatements(new SimpleScanner(sql)).statement();
        } catch (NotSimple e) {
            return null;
        }
    }

    /** Ends the reading, wherever it is. */
    private static final class NotSimple extends Exception {
        private static final long serialVersionUID = 1;

        static final NotSimple INSTANCE = new NotSimple();

        private NotSimple() {
            super("Statement is not simple", null, false, false);
        }
    }

    private SimpleStatement statement() throws NotSimple {
        boolean explained = accept("EXPLAIN");
        SimpleStatement statement =
                accept("SELECT") ? select() : accept("UPDATE") ? update() : accept("DELETE") ? deletion() : insertion();
        require(!explained || !(statement instanceof SimpleStatement.Insert));
        while (accept(';')) {
            // As the grammar, it does not mind how many.
        }
        require(tokens.kind() == Kind.END && !(numbered && questionMarks > 0));
        return explained ? new SimpleStatement.Explained(statement) : statement;
    }

    private SimpleStatement select() throws NotSimple {
        if (tokens.atWord("COUNT") && tokens.isFollowedBy('(')) {
            return countOfRows();
        }
        return atName() || tokens.atSymbol('*') ? selectOfTable() : literals();
    }

    private SimpleStatement.Count countOfRows() throws NotSimple {
        tokens.next();
        require(accept('(') && accept('*') && accept(')'));
        String alias = alias();
        expect("FROM");
        TableReference from = table();
        return new SimpleStatement.Count(from, where(), alias);
    }

    private SimpleStatement.Literals literals() throws NotSimple {
        List<SimpleStatement.LiteralItem> items = new ArrayList<>();
        do {
            Value value = value();
            require(!(value instanceof Value.Parameter));
            items.add(new SimpleStatement.LiteralItem(value, alias()));
        } while (accept(','));
        return new SimpleStatement.Literals(items);
    }

    private SimpleStatement.Select selectOfTable() throws NotSimple {
        List<Item> items = items();
        expect("FROM");
        TableReference from = table();
        List<Condition> where = where();
        List<SortKey> orderBy = orderBy();
        Value limit = accept("LIMIT") ? count() : null;
        Value offset = accept("OFFSET") ? count() : null;
        return new SimpleStatement.Select(items, from, where, orderBy, limit, offset);
    }

    private SimpleStatement.Insert insertion() throws NotSimple {
        expect("INSERT");
        expect("INTO");
        TableReference target = tableName();
        List<String> columns = new ArrayList<>();
        if (accept('(')) {
            do {
                columns.add(name());
            } while (accept(','));
            require(accept(')'));
        }
        expect("VALUES");
        List<List<Value>> rows = new ArrayList<>();
        do {
            List<Value> row = newRow();
            require(rows.isEmpty() || row.size() == rows.get(0).size());
            rows.add(row);
        } while (accept(','));
        return new SimpleStatement.Insert(target, columns, rows, returning());
    }

    private List<Value> newRow() throws NotSimple {
        require(accept('('));
        List<Value> row = new ArrayList<>();
        do {
            row.add(accept("DEFAULT") ? new Value.Default() : newValue());
        } while (accept(','));
        require(accept(')'));
        return row;
    }

    private Value newValue() throws NotSimple {
        return accept("NULL") ? new Value.Null() : value();
    }

    private SimpleStatement.Update update() throws NotSimple {
        TableReference target = table();
        expect("SET");
        List<SimpleStatement.Assignment> assignments = new ArrayList<>();
        do {
            String column = name();
            require(accept('='));
            assignments.add(new SimpleStatement.Assignment(column, atName() ? sum() : newValue()));
        } while (accept(','));
        List<Condition> where = where();
        return new SimpleStatement.Update(target, assignments, where, returning());
    }

    private Value.Sum sum() throws NotSimple {
        SourcePosition position = tokens.position();
        ColumnReference column = column();
        boolean isDifference = accept('-');
        require(isDifference || accept('+'));
        Value operand = value();
        require(operand instanceof Value.Number || operand instanceof Value.Parameter);
        return new Value.Sum(column, isDifference, operand, position);
    }

    private SimpleStatement.Delete deletion() throws NotSimple {
        expect("FROM");
        TableReference target = table();
        List<Condition> where = where();
        return new SimpleStatement.Delete(target, where, returning());
    }

    private List<Item> returning() throws NotSimple {
        return accept("RETURNING") ? items() : List.of();
    }

    private List<Item> items() throws NotSimple {
        List<Item> items = new ArrayList<>();
        do {
            items.add(item());
        } while (accept(','));
        return items;
    }

    private Item item() throws NotSimple {
        if (accept('*')) {
            return new Item.AllColumns(null);
        }
        String first = name();
        if (!accept('.')) {
            return new Item.OfColumn(new ColumnReference(null, first), alias());
        }
        return accept('*')
                ? new Item.AllColumns(first)
                : new Item.OfColumn(new ColumnReference(first, name()), alias());
    }

    private TableReference table() throws NotSimple {
        TableReference named = tableName();
        return new TableReference(named.namespace(), named.name(), alias());
    }

    private TableReference tableName() throws NotSimple {
        String first = name();
        return accept('.') ? new TableReference(first, name(), null) : new TableReference(null, first, null);
    }

    private @Nullable String alias() throws NotSimple {
        if (accept("AS")) {
            return name();
        }
        boolean named = tokens.kind() == Kind.QUOTED_NAME
                || tokens.kind() == Kind.WORD && !Keywords.isWordOfGrammar(tokens.foldedWord());
        return named ? name() : null;
    }

    private List<Condition> where() throws NotSimple {
        List<Condition> conditions = new ArrayList<>();
        if (accept("WHERE")) {
            do {
                condition(conditions);
            } while (accept("AND"));
        }
        return conditions;
    }

    private void condition(List<Condition> conditions) throws NotSimple {
        if (!atName()) {
            Value value = value();
            Operator operator = operator();
            conditions.add(new Condition.Comparison(column(), operator.turned(), value));
            return;
        }
        ColumnReference column = column();
        if (accept("IS")) {
            boolean isNull = !accept("NOT");
            expect("NULL");
            conditions.add(new Condition.NullTest(column, isNull));
        } else if (accept("IN")) {
            conditions.add(new Condition.OneOf(column, values()));
        } else if (accept("BETWEEN")) {
            conditions.add(new Condition.Comparison(column, Operator.GREATER_OR_EQUAL, value()));
            expect("AND");
            conditions.add(new Condition.Comparison(column, Operator.LESS_OR_EQUAL, value()));
        } else {
            conditions.add(new Condition.Comparison(column, operator(), value()));
        }
    }

    private List<Value> values() throws NotSimple {
        List<Value> values = new ArrayList<>();
        require(accept('('));
        do {
            values.add(value());
        } while (accept(','));
        require(accept(')'));
        return values;
    }

    private Operator operator() throws NotSimple {
        require(tokens.kind() == Kind.SYMBOL);
        Operator operator = switch (tokens.symbol()) {
            case '=' -> Operator.EQUAL;
            case SimpleScanner.NOT_EQUAL -> Operator.NOT_EQUAL;
            case '<' -> Operator.LESS;
            case SimpleScanner.AT_MOST -> Operator.LESS_OR_EQUAL;
            case '>' -> Operator.GREATER;
            case SimpleScanner.AT_LEAST -> Operator.GREATER_OR_EQUAL;
            default -> throw NotSimple.INSTANCE;
        };
        tokens.next();
        return operator;
    }

    private Value value() throws NotSimple {
        boolean negative = accept('-');
        Value value = switch (tokens.kind()) {
            case INTEGER, DECIMAL -> new Value.Number(negative ? "-" + tokens.image() : tokens.image());
            case STRING -> new Value.Text(tokens.unquoted());
            case QUESTION_MARK -> new Value.Parameter(questionMarks++);
            case NUMBERED_PARAMETER -> numberedParameter();
            case WORD -> truth();
            default -> throw NotSimple.INSTANCE;
        };
        require(!negative || value instanceof Value.Number);
        tokens.next();
        return value;
    }

    private Value truth() throws NotSimple {
        boolean isTrue = tokens.atWord("TRUE");
        require(isTrue || tokens.atWord("FALSE"));
        return new Value.Truth(isTrue);
    }

    private Value numberedParameter() throws NotSimple {
        numbered = true;
        String digits = tokens.image().substring(1);
        require(digits.length() <= 4 && !digits.startsWith("0"));
        return new Value.Parameter(Integer.parseInt(digits) - 1);
    }

    private List<SortKey> orderBy() throws NotSimple {
        List<SortKey> keys = new ArrayList<>();
        if (accept("ORDER")) {
            expect("BY");
            do {
                ColumnReference column = column();
                boolean descending = accept("DESC");
                if (!descending) {
                    accept("ASC");
                }
                keys.add(new SortKey(column, descending));
            } while (accept(','));
        }
        return keys;
    }

    private Value count() throws NotSimple {
        require(tokens.kind() != Kind.INTEGER || tokens.image().length() <= MAX_DIGITS_OF_COUNT);
        require(!tokens.atSymbol('-'));
        Value count = value();
        require(count instanceof Value.Parameter || count instanceof Value.Number number && number.isInteger());
        return count;
    }

    private ColumnReference column() throws NotSimple {
        String first = name();
        return accept('.') ? new ColumnReference(first, name()) : new ColumnReference(null, first);
    }

    private boolean atName() {
        return tokens.kind() == Kind.QUOTED_NAME
                || tokens.kind() == Kind.WORD && Keywords.isPlainName(tokens.foldedWord());
    }

    private String name() throws NotSimple {
        boolean isQuoted = tokens.kind() == Kind.QUOTED_NAME;
        require(isQuoted || tokens.kind() == Kind.WORD);
        String name = isQuoted ? tokens.unquoted() : tokens.foldedWord();
        require(!name.isEmpty()
                && name.length() <= KalamParser.MAX_NAME_LENGTH
                && (isQuoted || Keywords.isPlainName(name))
                && !SystemColumns.isName(name));
        tokens.next();
        return name;
    }

    private boolean accept(String upper) {
        boolean here = tokens.atWord(upper);
        if (here) {
            tokens.next();
        }
        return here;
    }

    private boolean accept(char symbol) {
        boolean here = tokens.atSymbol(symbol);
        if (here) {
            tokens.next();
        }
        return here;
    }

    private void expect(String upper) throws NotSimple {
        require(accept(upper));
    }

    private static void require(boolean isSimple) throws NotSimple {
        if (!isSimple) {
            throw NotSimple.INSTANCE;
        }
    }
}
