// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.parser.KalamParserImpl;
import org.kalamdb.sql.parser.ParseException;

/**
 * From SQL text to statements. Unquoted names become lower case, names in double quotes or back quotes stay as they
 * are. Safe for use by several threads.
 */
public final class KalamParser {
    /** The longest name, in UTF-16 units. */
    public static final int MAX_NAME_LENGTH = 128;

    private static final SqlConformance CONFORMANCE = SqlConformanceEnum.BABEL;

    private KalamParser() {}

    /**
     * The one statement in {@code sql}; a semicolon may follow it.
     *
     * @throws KalamException SYNTAX_ERROR, NOT_SUPPORTED, INVALID_TYPE or LIMIT_EXCEEDED, with its place in the text
     */
    public static Statement parse(String sql) {
        return parseStatement(sql).statement();
    }

    /** As {@link #parse}, with the number of parameters. */
    public static ParsedStatement parseStatement(String sql) {
        return parse(sql, StatementParser::statement);
    }

    /** The query in {@code sql}, for example that of a view. */
    public static SqlNode parseQuery(String sql) {
        return parse(sql, StatementParser::onlyQuery);
    }

    /** The expression in {@code sql}, for example a column's default. */
    public static SqlNode parseExpression(String sql) {
        return parse(sql, StatementParser::onlyExpression);
    }

    /**
     * The statements of a script: the text between semicolons that are outside of literals, quoted names and comments.
     * Pieces that hold nothing but blanks and comments are left out.
     */
    public static List<String> split(String script) {
        return ScriptSplitter.split(script);
    }

    /** Whether an unquoted word is a name wherever a column or table may be named. */
    public static boolean isPlainName(String word) {
        return Keywords.isPlainName(word.toLowerCase(Locale.ROOT));
    }

    /** The grammar for what {@code tokens} has left. */
    static KalamParserImpl grammar(TokenSource tokens) {
        KalamParserImpl grammar = new KalamParserImpl(tokens);
        grammar.setUnquotedCasing(Casing.TO_LOWER);
        grammar.setQuotedCasing(Casing.UNCHANGED);
        grammar.setIdentifierMaxLength(MAX_NAME_LENGTH);
        grammar.setConformance(CONFORMANCE);
        return grammar;
    }

    private interface Production<T> {
        T parse(StatementParser parser) throws ParseException;
    }

    private static <T> T parse(String sql, Production<T> production) {
        TokenSource tokens = TokenSource.of(sql);
        try {
            return production.parse(new StatementParser(tokens, sql));
        } catch (ParseException e) {
            throw SyntaxErrors.of(e);
        } catch (CalciteContextException e) {
            throw SyntaxErrors.of(e);
        } catch (StackOverflowError e) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED, null, "Statement is nested too deeply, split it into several", e);
        }
    }
}
