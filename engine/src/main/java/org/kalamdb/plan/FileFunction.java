// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.TableMacro;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedTableMacro;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.file.FileColumn;
import org.kalamdb.file.FileOptions;
import org.kalamdb.file.FileSet;
import org.kalamdb.type.KalamDataType;

/** A function that stands in FROM and reads files: their name, and options by name. Confined to one thread. */
final class FileFunction extends SqlUserDefinedTableMacro {
    /** The first parameter. */
    static final String FILE = "file";

    private static final String SAMPLE_SIZE = "sample_size";
    private static final String ALL_VARCHAR = "all_varchar";
    private static final long DEFAULT_SAMPLE_ROWS = 20_000;

    private final String format;
    private final List<String> parameters;
    private final FileFunctions functions;

    /**
     * What a call says. Immutable.
     *
     * @param file the name of the files
     * @param options by name in lower case
     */
    record Arguments(String format, String file, Map<String, String> options) {
        Arguments {
            options = Map.copyOf(options);
        }

        FileSet look() {
            FileOptions fileOptions = new FileOptions(file);
            fileOptions.set("FORMAT", format);
            options.forEach((name, value) -> {
                if (!name.equals(SAMPLE_SIZE) && !name.equals(ALL_VARCHAR)) {
                    fileOptions.set(name, value);
                }
            });
            FileSet files = FileSet.of(file, fileOptions.format(), sampleRows());
            return Boolean.parseBoolean(options.getOrDefault(ALL_VARCHAR, "false"))
                    ? files.withColumns(files.columns().stream()
                            .map(column -> new FileColumn(column.name(), KalamDataType.TEXT))
                            .toList())
                    : files;
        }

        private long sampleRows() {
            String given = options.get(SAMPLE_SIZE);
            if (given == null) {
                return DEFAULT_SAMPLE_ROWS;
            }
            try {
                long rows = Long.parseLong(given);
                if (rows >= -1) {
                    return rows == -1 ? Long.MAX_VALUE : rows;
                }
            } catch (NumberFormatException e) {
                throw invalidSample(given);
            }
            throw invalidSample(given);
        }

        private static KalamException invalidSample(String given) {
            return new KalamException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid value of option SAMPLE_SIZE: it must be a number of rows, or -1 for all, got: " + given);
        }
    }

    /** @param options the names of further parameters */
    FileFunction(String name, String format, List<String> options, FileFunctions functions) {
        super(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.CURSOR,
                InferTypes.ANY_NULLABLE,
                OperandTypes.operandMetadata(
                        Collections.nCopies(options.size() + 1, SqlTypeFamily.ANY),
                        factory -> Collections.nCopies(options.size() + 1, any(factory)),
                        withFile(options)::get,
                        index -> index > 0),
                new NoMacro());
        this.format = format;
        this.parameters = withFile(options);
        this.functions = functions;
    }

    private static List<String> withFile(List<String> options) {
        List<String> names = new ArrayList<>();
        names.add(FILE);
        names.addAll(options);
        return List.copyOf(names);
    }

    private static RelDataType any(RelDataTypeFactory factory) {
        return factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.ANY), true);
    }

    @Override
    public TranslatableTable getTable(SqlOperatorBinding binding) {
        List<SqlNode> operands = ((SqlCallBinding) binding).operands();
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < operands.size(); i++) {
            SqlNode operand = operands.get(i);
            if (operand.getKind() != SqlKind.DEFAULT) {
                options.put(parameters.get(i), text(parameters.get(i), operand));
            }
        }
        String file = options.remove(FILE);
        if (file == null) {
            throw new KalamException(ErrorCode.INVALID_PARAMETER, getName() + " needs the name of a file");
        }
        return new FileTable(functions.find(new Arguments(format, file, options)));
    }

    /** The columns of the files are needed before there are values of parameters. */
    private String text(String parameter, SqlNode operand) {
        String text = operand instanceof SqlLiteral literal ? literal.toValue() : null;
        if (text == null) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER,
                    ObjectNames.position(operand.getParserPosition()),
                    "Argument " + parameter + " of " + getName() + " must be a literal",
                    null);
        }
        return text;
    }

    /** Never asked: the function overrides whatever asks it. */
    private static final class NoMacro implements TableMacro {
        @Override
        public TranslatableTable apply(List<? extends Object> arguments) {
            throw new IllegalStateException("A function over files makes its table itself");
        }

        @Override
        public List<FunctionParameter> getParameters() {
            return List.of();
        }
    }
}
