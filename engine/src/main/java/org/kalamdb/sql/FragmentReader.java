// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Reads the parts that statements share: queries, expressions, tables, options. Confined to one thread. */
final class FragmentReader {
    private final TokenSource source;
    private final SourceText text;
    private final TokenCursor tokens;

    FragmentReader(TokenSource source, String sql) {
        this.source = source;
        this.text = new SourceText(sql);
        this.tokens = new TokenCursor(source);
    }

    TokenCursor tokens() {
        return tokens;
    }

    /** The text from {@code first} to the token read last. */
    String textSince(Token first) {
        return text.slice(first, tokens.last());
    }

    /** Whether a query comes next, perhaps in parentheses. */
    boolean atQuery() {
        return atQuery(1);
    }

    /** Whether a query comes after {@code offset - 1} tokens. */
    boolean atQuery(int offset) {
        int inside = offset;
        while (tokens.atOffset(inside, "(")) {
            inside++;
        }
        return tokens.atOffset(inside, "SELECT")
                || tokens.atOffset(inside, "WITH")
                || tokens.atOffset(inside, "VALUES")
                || tokens.atOffset(inside, "TABLE");
    }

    SqlNode query() throws ParseException {
        return numbered(tokens.grammar().KalamQuery());
    }

    SqlNode expression() throws ParseException {
        return numbered(tokens.grammar().KalamExpression());
    }

    /** An expression or DEFAULT. */
    SqlNode cell() throws ParseException {
        return numbered(tokens.grammar().KalamCell());
    }

    /** (expression or DEFAULT, ..) */
    SqlNodeList row() throws ParseException {
        return (SqlNodeList) numbered(tokens.grammar().KalamRow());
    }

    /** WITH and its queries. */
    SqlNodeList withList() throws ParseException {
        return (SqlNodeList) numbered(tokens.grammar().WithList());
    }

    /** One table or sub-query, perhaps with an alias. */
    SqlNode table() throws ParseException {
        return numbered(tokens.grammar().TableRef());
    }

    /** Tables and joins, as after FROM. */
    SqlNode fromClause() throws ParseException {
        return numbered(tokens.grammar().FromClause());
    }

    /** The items after RETURNING; none if it does not come next. */
    List<SqlNode> returning() throws ParseException {
        if (!tokens.accept("RETURNING")) {
            return List.of();
        }
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode item : tokens.grammar().KalamSelectList()) {
            items.add(numbered(item));
        }
        return items;
    }

    /** WHERE and its condition; null if it does not come next. */
    @Nullable
    SqlNode where() throws ParseException {
        return tokens.accept("WHERE") ? expression() : null;
    }

    /** [AS] alias; null if none comes next. {@code followers} are words that are no alias here. */
    @Nullable
    SqlIdentifier alias(String... followers) throws ParseException {
        if (tokens.accept("AS")) {
            return tokens.name("an alias");
        }
        return tokens.atName() && !tokens.atAny(List.of(followers)) ? tokens.name("an alias") : null;
    }

    /** (key = value, ..), keys in upper case. */
    Map<String, OptionValue> options() throws ParseException {
        Map<String, OptionValue> options = new LinkedHashMap<>();
        tokens.expect("(");
        do {
            Token keyToken = tokens.peek();
            String key = tokens.atString()
                    ? tokens.string().toUpperCase(Locale.ROOT)
                    : tokens.name("an option").getSimple().toUpperCase(Locale.ROOT);
            tokens.expect("=");
            putOption(options, key, optionValue(), keyToken);
        } while (tokens.accept(","));
        tokens.expect(")");
        return options;
    }

    /** A string, number, TRUE, FALSE or word. */
    OptionValue optionValue() {
        Token first = tokens.peek();
        if (tokens.atString()) {
            return new OptionValue(tokens.string(), tokens.since(first));
        }
        String sign = tokens.accept("-") ? "-" : "";
        if (tokens.atNumber() || sign.isEmpty() && tokens.atWord()) {
            return new OptionValue(sign + tokens.next().image, tokens.since(first));
        }
        throw tokens.error("a string", "a number", "a word");
    }

    /** Adds an option that {@code where} names. */
    static void putOption(Map<String, OptionValue> options, String key, OptionValue value, Token where) {
        OptionValue earlier = options.putIfAbsent(key, value);
        if (earlier != null && !earlier.text().equalsIgnoreCase(value.text())) {
            throw new KalamException(
                    ErrorCode.INVALID_OPTION,
                    TokenCursor.position(where),
                    "Option " + key + " is given twice, as " + earlier.text() + " and as " + value.text(),
                    null);
        }
    }

    /** Numbers the parameters: the grammar counts {@code $n} in the order of the text, as it does {@code ?}. */
    private SqlNode numbered(SqlNode node) {
        if (!source.hasNumberedParameters()) {
            return node;
        }
        SqlNode result = node.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlDynamicParam param) {
                return new SqlDynamicParam(source.parameterNumber(param.getIndex()) - 1, param.getParserPosition());
            }
        });
        if (result == null) {
            throw new IllegalStateException("Cannot number the parameters of " + node);
        }
        return result;
    }
}
