// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.kalamdb.sql.parser.KalamParserImplConstants.*;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kalamdb.sql.parser.Token;

/**
 * Which keywords of the grammar are names in our SQL, everywhere or where they stand. Safe for use by several threads.
 */
final class Keywords {
    /** Keywords of the grammar that are never more than names here. */
    private static final int[] ORDINARY = {
        // Functions that need no syntax of their own
        ABS,
        AVG,
        CARDINALITY,
        CHARACTER_LENGTH,
        CHAR_LENGTH,
        COALESCE,
        COLLECT,
        CONTAINS_SUBSTR,
        CORR,
        COUNT,
        COVAR_POP,
        COVAR_SAMP,
        CUME_DIST,
        DATETIME_DIFF,
        DATETIME_TRUNC,
        DATE_DIFF,
        DATE_TRUNC,
        DENSE_RANK,
        ELEMENT,
        EVERY,
        EXP,
        FIRST_VALUE,
        FUSION,
        INTERSECTION,
        LAG,
        LAST_VALUE,
        LEAD,
        LN,
        LOWER,
        MAX,
        MIN,
        MOD,
        NTH_VALUE,
        NTILE,
        NULLIF,
        OCTET_LENGTH,
        PERCENTILE_CONT,
        PERCENTILE_DISC,
        PERCENT_RANK,
        POWER,
        RANK,
        REGR_AVGX,
        REGR_AVGY,
        REGR_COUNT,
        REGR_INTERCEPT,
        REGR_R2,
        REGR_SLOPE,
        REGR_SXX,
        REGR_SXY,
        REGR_SYY,
        ROW_NUMBER,
        SQRT,
        STDDEV_POP,
        STDDEV_SAMP,
        SUM,
        TIMESTAMP_DIFF,
        TIMESTAMP_TRUNC,
        TIME_DIFF,
        TIME_TRUNC,
        TRANSLATE,
        TRUNCATE,
        UPPER,
        VAR_POP,
        VAR_SAMP,
        // Types whose literals are TypedLiteral's
        DATETIME,
        UUID,
        // Words of statements, which StatementParser knows by their text
        ALTER,
        BEGIN,
        CALL,
        CHECK,
        CLOSE,
        COLUMN,
        COMMIT,
        DEALLOCATE,
        DECLARE,
        DELETE,
        DESCRIBE,
        DROP,
        EXEC,
        EXECUTE,
        EXPLAIN,
        GRANT,
        IDENTITY,
        IMPORT,
        INSERT,
        MERGE,
        PREPARE,
        PRIMARY,
        RELEASE,
        RESET,
        REVOKE,
        ROLLBACK,
        SAVEPOINT,
        SET,
        SHOW,
        START,
        UPDATE,
        UPSERT,
        // Unused or part of what we do not support: row patterns, sequences, periods, multisets, measures, cursors
        ALLOCATE,
        ALLOW,
        ARE,
        ARRAY_MAX_CARDINALITY,
        ASENSITIVE,
        AT,
        ATOMIC,
        AUTHORIZATION,
        BEGIN_FRAME,
        BEGIN_PARTITION,
        BIT,
        BLOB,
        CALLED,
        CASCADED,
        CLASSIFIER,
        CLOB,
        CONDITION,
        CONNECT,
        CONTAINS,
        CORRESPONDING,
        CURRENT_DEFAULT_TRANSFORM_GROUP,
        CURRENT_PATH,
        CURRENT_ROW,
        CURRENT_TRANSFORM_GROUP_FOR_TYPE,
        CURSOR,
        CYCLE,
        DEFINE,
        DEREF,
        DETERMINISTIC,
        DISALLOW,
        DISCONNECT,
        DYNAMIC,
        EACH,
        END_FRAME,
        END_PARTITION,
        EQUALS,
        EXTEND,
        EXTERNAL,
        FRAME_ROW,
        FREE,
        FUNCTION,
        GET,
        GLOBAL,
        GROUPS,
        HOLD,
        IMMEDIATELY,
        INDICATOR,
        INITIAL,
        INOUT,
        INSENSITIVE,
        LANGUAGE,
        LARGE,
        LIKE_REGEX,
        MATCH,
        MATCHES,
        MATCH_CONDITION,
        MATCH_NUMBER,
        MATCH_RECOGNIZE,
        MEASURE,
        MEASURES,
        MEMBER,
        METHOD,
        MODIFIES,
        MODULE,
        MULTISET,
        NATIONAL,
        NCHAR,
        NCLOB,
        NEW,
        NONE,
        NORMALIZE,
        OCCURRENCES_REGEX,
        OLD,
        OMIT,
        ONE,
        OPEN,
        OUT,
        PARAMETER,
        PATTERN,
        PER,
        PERCENT,
        PERIOD,
        PERMUTE,
        PORTION,
        POSITION_REGEX,
        PRECEDES,
        PREV,
        PROCEDURE,
        READS,
        REF,
        REFERENCING,
        RESULT,
        RETURN,
        RETURNS,
        RUNNING,
        SCOPE,
        SCROLL,
        SEARCH,
        SEEK,
        SENSITIVE,
        SKIP_,
        SPECIFIC,
        SPECIFICTYPE,
        SQL,
        SQLEXCEPTION,
        SQLSTATE,
        SQLWARNING,
        STATIC,
        STREAM,
        SUBMULTISET,
        SUBSET,
        SUBSTRING_REGEX,
        SUCCEEDS,
        SYSTEM,
        SYSTEM_TIME,
        TIMEZONE_HOUR,
        TIMEZONE_MINUTE,
        TRANSLATE_REGEX,
        TRANSLATION,
        TREAT,
        TRIGGER,
        TRIM_ARRAY,
        USER,
        VALUE,
        VALUE_OF,
        VARIANT,
        VERSIONING,
        WHENEVER,
        WIDTH_BUCKET,
    };

    /** Keywords of the grammar that have to be quoted to be names. */
    private static final int[] RESERVED = {
        ALL,
        AND,
        ANY,
        ARRAY,
        AS,
        ASOF,
        ASYMMETRIC,
        BETWEEN,
        BY,
        CASE,
        CAST,
        COLLATE,
        CONSTRAINT,
        CREATE,
        CROSS,
        CURRENT_CATALOG,
        CURRENT_DATE,
        CURRENT_ROLE,
        CURRENT_SCHEMA,
        CURRENT_TIME,
        CURRENT_TIMESTAMP,
        CURRENT_USER,
        DEFAULT_,
        DISTINCT,
        ELSE,
        END,
        ESCAPE,
        EXCEPT,
        EXISTS,
        FALSE,
        FETCH,
        FOR,
        FOREIGN,
        FROM,
        FULL,
        GROUP,
        HAVING,
        IN,
        INNER,
        INTERSECT,
        INTERVAL,
        INTO,
        IS,
        JOIN,
        LATERAL,
        LEFT,
        LIKE,
        LIMIT,
        LOCALTIME,
        LOCALTIMESTAMP,
        NATURAL,
        NOT,
        NULL,
        OFFSET,
        ON,
        ONLY,
        OR,
        ORDER,
        OUTER,
        OVER,
        OVERLAPS,
        QUALIFY,
        REFERENCES,
        RETURNING_CLAUSE,
        RIGHT,
        SELECT,
        SESSION_USER,
        SET_MINUS,
        SIMILAR,
        SOME,
        SYMMETRIC,
        SYSTEM_USER,
        TABLE,
        TABLESAMPLE,
        THEN,
        TO,
        TRUE,
        UNION,
        UNIQUE,
        UNKNOWN,
        UNNEST,
        USING,
        VALUES,
        WHEN,
        WHERE,
        WINDOW,
        WITH,
    };

    /** Keywords of the grammar that have to be quoted to be names unless {@link #isNameBetween}. */
    private static final int[] RESERVED_IN_PLACE = {
        CUBE, CURRENT, DATE, FILTER, GROUPING, PARTITION, RANGE, ROLLUP, ROW, ROWS, TIME, TIMESTAMP, WITHIN
    };

    private static final boolean[] ORDINARY_KINDS = kinds(ORDINARY);
    private static final boolean[] RESERVED_KINDS = kinds(RESERVED, RESERVED_IN_PLACE);

    private static final Set<String> FRAME_STARTS = Set.of("BETWEEN", "UNBOUNDED", "CURRENT", "INTERVAL");
    private static final Set<String> BEFORE_TABLES =
            Set.of("TABLE", "INTO", "EXISTS", "FROM", "JOIN", "REFERENCES", ".");
    /** They are called where a column of that name would stand without quotes. */
    private static final Set<String> FUNCTIONS_WITHOUT_PARENTHESES =
            Set.of("current_namespace", "current_path", "pi", "user");

    private static final Set<String> SORT_ENDS = Set.of("ASC", "DESC", "FIRST", "LAST", "END");

    private static final Set<String> WORDS_OF_GRAMMAR = new HashSet<>();
    private static final Set<String> NOT_PLAIN = new HashSet<>(FUNCTIONS_WITHOUT_PARENTHESES);

    static {
        for (int kind = 0; kind < tokenImage.length; kind++) {
            String word = word(kind);
            if (word != null) {
                String folded = word.toLowerCase(Locale.ROOT);
                WORDS_OF_GRAMMAR.add(folded);
                if (RESERVED_KINDS[kind] || isNameSomewhere(kind)) {
                    NOT_PLAIN.add(folded);
                }
            }
        }
    }

    private Keywords() {}

    /** Whether an unquoted word is one that the grammar knows, be it a name or not. @param folded in lower case */
    static boolean isWordOfGrammar(String folded) {
        return WORDS_OF_GRAMMAR.contains(folded);
    }

    /** Whether an unquoted word is a name wherever a column or table may be named. @param folded in lower case */
    static boolean isPlainName(String folded) {
        return !NOT_PLAIN.contains(folded);
    }

    /** The words that have to be quoted to be names everywhere, in upper case, sorted. */
    static Set<String> reservedWords() {
        Set<String> words = new TreeSet<>();
        for (int kind : RESERVED) {
            words.add(String.valueOf(word(kind)));
        }
        return words;
    }

    /** Whether it has to be quoted to be a name, where it stands. */
    static boolean isReserved(Token token) {
        return isReserved(token.kind);
    }

    /** Whether tokens of this kind have to be quoted to be names. */
    static boolean isReserved(int kind) {
        return RESERVED_KINDS[kind];
    }

    /** Whether it is an unquoted name or a keyword. */
    static boolean isWord(Token token) {
        return token.kind == IDENTIFIER || word(token.kind) != null;
    }

    /** Whether it is a name, quoted or not. */
    static boolean isName(Token token) {
        return switch (token.kind) {
            case QUOTED_IDENTIFIER, BACK_QUOTED_IDENTIFIER, UNICODE_QUOTED_IDENTIFIER -> true;
            default -> isWord(token) && !isReserved(token);
        };
    }

    /** Whether {@link #isNameBetween} must be asked. */
    static boolean dependsOnPlace(Token token) {
        return isNameSomewhere(token.kind);
    }

    /**
     * Whether a keyword stands where it can only be a name.
     *
     * @param earlier the token before {@code previous}, or null
     * @param previous the token before it, or null
     * @param next the token after it
     */
    static boolean isNameBetween(@Nullable Token earlier, @Nullable Token previous, Token token, Token next) {
        return switch (token.kind) {
            case DATE -> next.kind != QUOTED_STRING;
            case TIME, TIMESTAMP -> next.kind != QUOTED_STRING && next.kind != WITH;
            case BIGINT, BINARY, BOOLEAN, CHAR, CHARACTER, DEC, DOUBLE, FLOAT, INT, INTEGER, JSON, NUMERIC, REAL ->
                next.kind == QUOTED_STRING;
            case SMALLINT, TINYINT, VARBINARY, VARCHAR -> next.kind == QUOTED_STRING;
            case CURRENT -> next.kind != ROW;
            case PARTITION -> next.kind != BY;
            case GROUPING -> next.kind != SETS;
            case CUBE, ROLLUP -> next.kind != LPAREN || namesTable(previous);
            case FILTER -> next.kind != LPAREN || previous == null || previous.kind != RPAREN;
            case WITHIN -> next.kind != GROUP && next.kind != DISTINCT;
            case ROW ->
                next.kind == LPAREN
                        ? namesTable(previous)
                        : next.kind != ONLY && (previous == null || previous.kind != CURRENT && !isCount(previous));
            case ROWS, RANGE ->
                next.kind != ONLY && !startsFrame(earlier, previous, next) && (previous == null || !isCount(previous));
            default -> false;
        };
    }

    /** Whether it is never more than a name. */
    static boolean isOrdinary(Token token) {
        return ORDINARY_KINDS[token.kind];
    }

    private static boolean isNameSomewhere(int kind) {
        return switch (kind) {
            case BIGINT, BINARY, BOOLEAN, CHAR, CHARACTER, DEC, DOUBLE, FLOAT, INT, INTEGER, JSON, NUMERIC -> true;
            case REAL, SMALLINT, TINYINT, VARBINARY, VARCHAR, DATE, TIME, TIMESTAMP -> true;
            case CURRENT, PARTITION, GROUPING, CUBE, ROLLUP, FILTER, WITHIN, ROW, ROWS, RANGE -> true;
            default -> false;
        };
    }

    /** Whether ROWS or RANGE between these starts a window frame: it follows an operand, not an operator. */
    private static boolean startsFrame(@Nullable Token earlier, @Nullable Token previous, Token next) {
        boolean frame = FRAME_STARTS.contains(upper(next)) || isCount(next);
        return frame
                && previous != null
                && (isName(previous)
                        || previous.kind == RPAREN
                        || previous.kind == LPAREN && earlier != null && (earlier.kind == OVER || earlier.kind == AS)
                        || isCount(previous)
                        || SORT_ENDS.contains(upper(previous)));
    }

    /** Whether the name of a table comes after this, so that a parenthesis behind it holds columns. */
    private static boolean namesTable(@Nullable Token previous) {
        return previous != null && BEFORE_TABLES.contains(upper(previous));
    }

    private static boolean isCount(Token token) {
        return token.kind == UNSIGNED_INTEGER_LITERAL || token.kind == HOOK;
    }

    private static String upper(Token token) {
        return token.image.toUpperCase(Locale.ROOT);
    }

    /** The word of a keyword; null for other kinds of token. */
    private static @Nullable String word(int kind) {
        String image = tokenImage[kind];
        boolean quoted = image.length() > 2 && image.charAt(0) == '"';
        String word = quoted ? image.substring(1, image.length() - 1) : "";
        return !word.isEmpty() && Character.isLetter(word.charAt(0)) && word.indexOf('-') < 0 ? word : null;
    }

    private static boolean[] kinds(int[]... lists) {
        boolean[] result = new boolean[tokenImage.length];
        for (int[] list : lists) {
            for (int kind : list) {
                result[kind] = true;
            }
        }
        return result;
    }
}
