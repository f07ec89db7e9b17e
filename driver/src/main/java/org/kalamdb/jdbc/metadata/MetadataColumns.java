// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.jdbc.cursor.MemoryCursor;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.ScalarType;

/** The columns that JDBC prescribes for each result of {@link java.sql.DatabaseMetaData}, in its order. */
enum MetadataColumns {
    CATALOGS("TABLE_CAT"),
    SCHEMAS("TABLE_SCHEM, TABLE_CATALOG"),
    TABLE_TYPES("TABLE_TYPE"),
    TABLES("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, TABLE_TYPE, REMARKS, TYPE_CAT, TYPE_SCHEM, TYPE_NAME,"
            + " SELF_REFERENCING_COL_NAME, REF_GENERATION"),
    COLUMNS("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE INT, TYPE_NAME, COLUMN_SIZE INT,"
            + " BUFFER_LENGTH INT, DECIMAL_DIGITS INT, NUM_PREC_RADIX INT, NULLABLE INT, REMARKS, COLUMN_DEF,"
            + " SQL_DATA_TYPE INT, SQL_DATETIME_SUB INT, CHAR_OCTET_LENGTH INT, ORDINAL_POSITION INT, IS_NULLABLE,"
            + " SCOPE_CATALOG, SCOPE_SCHEMA, SCOPE_TABLE, SOURCE_DATA_TYPE SMALLINT, IS_AUTOINCREMENT,"
            + " IS_GENERATEDCOLUMN"),
    PSEUDO_COLUMNS("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE INT, COLUMN_SIZE INT,"
            + " DECIMAL_DIGITS INT, NUM_PREC_RADIX INT, COLUMN_USAGE, REMARKS, CHAR_OCTET_LENGTH INT, IS_NULLABLE"),
    COLUMN_PRIVILEGES("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, GRANTOR, GRANTEE, PRIVILEGE, IS_GRANTABLE"),
    TABLE_PRIVILEGES("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, GRANTOR, GRANTEE, PRIVILEGE, IS_GRANTABLE"),
    ROW_IDENTIFIER("SCOPE SMALLINT, COLUMN_NAME, DATA_TYPE INT, TYPE_NAME, COLUMN_SIZE INT, BUFFER_LENGTH INT,"
            + " DECIMAL_DIGITS SMALLINT, PSEUDO_COLUMN SMALLINT"),
    PRIMARY_KEYS("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, KEY_SEQ SMALLINT, PK_NAME"),
    FOREIGN_KEYS("PKTABLE_CAT, PKTABLE_SCHEM, PKTABLE_NAME, PKCOLUMN_NAME, FKTABLE_CAT, FKTABLE_SCHEM, FKTABLE_NAME,"
            + " FKCOLUMN_NAME, KEY_SEQ SMALLINT, UPDATE_RULE SMALLINT, DELETE_RULE SMALLINT, FK_NAME, PK_NAME,"
            + " DEFERRABILITY SMALLINT"),
    INDEXES(
            "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, NON_UNIQUE BOOLEAN, INDEX_QUALIFIER, INDEX_NAME, TYPE SMALLINT,"
                    + " ORDINAL_POSITION SMALLINT, COLUMN_NAME, ASC_OR_DESC, CARDINALITY BIGINT, PAGES BIGINT, FILTER_CONDITION"),
    TYPES("TYPE_NAME, DATA_TYPE INT, PRECISION INT, LITERAL_PREFIX, LITERAL_SUFFIX, CREATE_PARAMS, NULLABLE SMALLINT,"
            + " CASE_SENSITIVE BOOLEAN, SEARCHABLE SMALLINT, UNSIGNED_ATTRIBUTE BOOLEAN, FIXED_PREC_SCALE BOOLEAN,"
            + " AUTO_INCREMENT BOOLEAN, LOCAL_TYPE_NAME, MINIMUM_SCALE SMALLINT, MAXIMUM_SCALE SMALLINT,"
            + " SQL_DATA_TYPE INT, SQL_DATETIME_SUB INT, NUM_PREC_RADIX INT"),
    USER_TYPES("TYPE_CAT, TYPE_SCHEM, TYPE_NAME, CLASS_NAME, DATA_TYPE INT, REMARKS, BASE_TYPE SMALLINT"),
    SUPER_TYPES("TYPE_CAT, TYPE_SCHEM, TYPE_NAME, SUPERTYPE_CAT, SUPERTYPE_SCHEM, SUPERTYPE_NAME"),
    SUPER_TABLES("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, SUPERTABLE_NAME"),
    ATTRIBUTES("TYPE_CAT, TYPE_SCHEM, TYPE_NAME, ATTR_NAME, DATA_TYPE INT, ATTR_TYPE_NAME, ATTR_SIZE INT,"
            + " DECIMAL_DIGITS INT, NUM_PREC_RADIX INT, NULLABLE INT, REMARKS, ATTR_DEF, SQL_DATA_TYPE INT,"
            + " SQL_DATETIME_SUB INT, CHAR_OCTET_LENGTH INT, ORDINAL_POSITION INT, IS_NULLABLE, SCOPE_CATALOG,"
            + " SCOPE_SCHEMA, SCOPE_TABLE, SOURCE_DATA_TYPE SMALLINT"),
    // Columns 4 to 6 are reserved by JDBC, which gives them no names; these are ODBC's.
    PROCEDURES("PROCEDURE_CAT, PROCEDURE_SCHEM, PROCEDURE_NAME, NUM_INPUT_PARAMS INT, NUM_OUTPUT_PARAMS INT,"
            + " NUM_RESULT_SETS INT, REMARKS, PROCEDURE_TYPE SMALLINT, SPECIFIC_NAME"),
    PROCEDURE_COLUMNS("PROCEDURE_CAT, PROCEDURE_SCHEM, PROCEDURE_NAME, COLUMN_NAME, COLUMN_TYPE SMALLINT,"
            + " DATA_TYPE INT, TYPE_NAME, PRECISION INT, LENGTH INT, SCALE SMALLINT, RADIX SMALLINT, NULLABLE SMALLINT,"
            + " REMARKS, COLUMN_DEF, SQL_DATA_TYPE INT, SQL_DATETIME_SUB INT, CHAR_OCTET_LENGTH INT,"
            + " ORDINAL_POSITION INT, IS_NULLABLE, SPECIFIC_NAME"),
    FUNCTIONS("FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, REMARKS, FUNCTION_TYPE SMALLINT, SPECIFIC_NAME"),
    FUNCTION_COLUMNS("FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, COLUMN_NAME, COLUMN_TYPE SMALLINT, DATA_TYPE INT,"
            + " TYPE_NAME, PRECISION INT, LENGTH INT, SCALE SMALLINT, RADIX SMALLINT, NULLABLE SMALLINT, REMARKS,"
            + " CHAR_OCTET_LENGTH INT, ORDINAL_POSITION INT, IS_NULLABLE, SPECIFIC_NAME"),
    CLIENT_INFO("NAME, MAX_LEN INT, DEFAULT_VALUE, DESCRIPTION");

    private final List<ResultColumn> columns;

    /** @param spec names divided by commas, each followed by its type unless that is TEXT */
    MetadataColumns(String spec) {
        List<ResultColumn> parsed = new ArrayList<>();
        for (String part : spec.split(", *")) {
            int space = part.indexOf(' ');
            KalamDataType type = space < 0 ? KalamDataType.TEXT : ScalarType.valueOf(part.substring(space + 1));
            parsed.add(MemoryCursor.column(space < 0 ? part : part.substring(0, space), type, true));
        }
        this.columns = List.copyOf(parsed);
    }

    List<ResultColumn> columns() {
        return columns;
    }

    /** A result without rows, for what the database has none of. */
    ResultCursor empty() {
        return new Rows(this).toCursor();
    }

    /** Rows being collected. Confined to one thread. */
    static final class Rows {
        private final MetadataColumns shape;
        private final List<@Nullable Object[]> rows = new ArrayList<>();

        Rows(MetadataColumns shape) {
            this.shape = shape;
        }

        /** @param values one a column; an Integer serves for SMALLINT too */
        void add(@Nullable Object... values) {
            List<ResultColumn> columns = shape.columns();
            if (values.length != columns.size()) {
                throw new IllegalArgumentException(
                        shape + " has " + columns.size() + " columns, got values: " + values.length);
            }
            for (int i = 0; i < values.length; i++) {
                if (values[i] instanceof Integer number && columns.get(i).type() == KalamDataType.SMALLINT) {
                    values[i] = number.shortValue();
                }
            }
            rows.add(values);
        }

        ResultCursor toCursor() {
            return new MemoryCursor(shape.columns(), rows);
        }
    }
}
