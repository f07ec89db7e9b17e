// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.hibernate;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.function.CommonFunctionFactory;
import org.hibernate.dialect.identity.IdentityColumnSupport;
import org.hibernate.dialect.lock.internal.NoLockingSupport;
import org.hibernate.dialect.lock.spi.LockingSupport;
import org.hibernate.dialect.pagination.LimitHandler;
import org.hibernate.dialect.pagination.LimitOffsetLimitHandler;
import org.hibernate.dialect.sequence.SequenceSupport;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.engine.jdbc.env.spi.IdentifierCaseStrategy;
import org.hibernate.engine.jdbc.env.spi.IdentifierHelper;
import org.hibernate.engine.jdbc.env.spi.IdentifierHelperBuilder;
import org.hibernate.engine.jdbc.env.spi.NameQualifierSupport;
import org.hibernate.exception.spi.SQLExceptionConversionDelegate;
import org.hibernate.exception.spi.ViolatedConstraintNameExtractor;
import org.hibernate.query.common.FetchClauseType;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;
import org.hibernate.sql.ast.spi.StandardSqlAstTranslatorFactory;
import org.hibernate.tool.schema.extract.internal.SequenceInformationExtractorLegacyImpl;
import org.hibernate.tool.schema.extract.spi.SequenceInformationExtractor;
import org.hibernate.type.SqlTypes;

/**
 * The SQL of KalamDB, as far as it differs from what Hibernate takes for the standard. Rows are not locked by reading them:
 * use a version attribute, or SERIALIZABLE. Immutable once it is in use.
 */
public class KalamDialect extends Dialect {
    /** The first release that there is. */
    private static final DatabaseVersion FIRST = DatabaseVersion.make(0, 1);

    private static final KalamErrors ERRORS = new KalamErrors();

    /** For {@code hibernate.dialect}. */
    public KalamDialect() {
        super(FIRST);
    }

    /** For a database that Hibernate is connected to. */
    public KalamDialect(DialectResolutionInfo database) {
        super(database);
    }

    @Override
    protected DatabaseVersion getMinimumSupportedVersion() {
        return FIRST;
    }

    @Override
    protected String columnType(int sqlTypeCode) {
        return switch (sqlTypeCode) {
            case SqlTypes.TINYINT -> "smallint";
            case SqlTypes.FLOAT, SqlTypes.DOUBLE -> "double";
            case SqlTypes.REAL -> "float";
            case SqlTypes.CLOB, SqlTypes.NCLOB -> "text";
            case SqlTypes.BLOB -> "bytes";
            case SqlTypes.NCHAR -> "char($l)";
            case SqlTypes.NVARCHAR -> "varchar($l)";
            case SqlTypes.BINARY -> "bytes($l)";
            case SqlTypes.VARBINARY -> "varbinary($l)";
            case SqlTypes.TIME, SqlTypes.TIME_WITH_TIMEZONE, SqlTypes.TIME_UTC -> "time";
            case SqlTypes.TIMESTAMP -> "timestamp";
            case SqlTypes.TIMESTAMP_WITH_TIMEZONE, SqlTypes.TIMESTAMP_UTC -> "datetime";
            case SqlTypes.UUID -> "uuid";
            case SqlTypes.JSON -> "json";
            default -> super.columnType(sqlTypeCode);
        };
    }

    @Override
    public int getDefaultTimestampPrecision() {
        return 6;
    }

    /** Calls a method that Hibernate means to replace and has no replacement for yet. */
    @Override
    @SuppressWarnings("deprecation")
    public void initializeFunctionRegistry(FunctionContributions contributions) {
        super.initializeFunctionRegistry(contributions);
        CommonFunctionFactory functions = new CommonFunctionFactory(contributions);
        functions.trim2();
        functions.leftRight();
        functions.substr();
        functions.substring_substr();
        functions.repeat();
        functions.reverse();
        functions.initcap();
        functions.instr();
        functions.translate();
        functions.md5();
        functions.characterLength_length("char_length");
        functions.octetLength();
        functions.concat_pipeOperator();
        functions.log10();
        functions.log2();
        functions.cbrt();
        functions.pi();
        functions.radians();
        functions.degrees();
        functions.trunc();
        functions.stddev();
        functions.stddevPopSamp();
        functions.variance();
        functions.varPopSamp();
        functions.covarPopSamp();
        functions.corr();
        functions.regrLinearRegressionAggregates();
        functions.median();
        functions.bitandorxornot_bitAndOrXorNot();
        functions.everyAny_boolAndOr();
        functions.listagg(null);
        functions.windowFunctions();
        functions.inverseDistributionOrderedSetAggregates();
    }

    @Override
    public IdentityColumnSupport getIdentityColumnSupport() {
        return new KalamIdentityColumns();
    }

    @Override
    public SequenceSupport getSequenceSupport() {
        return new KalamSequences();
    }

    @Override
    public String getQuerySequencesString() {
        return "select * from information_schema.sequences";
    }

    @Override
    public SequenceInformationExtractor getSequenceInformationExtractor() {
        return SequenceInformationExtractorLegacyImpl.INSTANCE;
    }

    @Override
    public SqlAstTranslatorFactory getSqlAstTranslatorFactory() {
        return new StandardSqlAstTranslatorFactory();
    }

    @Override
    public LimitHandler getLimitHandler() {
        return LimitOffsetLimitHandler.INSTANCE;
    }

    /** There is no SELECT .. FOR UPDATE. */
    @Override
    public LockingSupport getLockingSupport() {
        return NoLockingSupport.NO_LOCKING_SUPPORT;
    }

    @Override
    public NameQualifierSupport getNameQualifierSupport() {
        return NameQualifierSupport.SCHEMA;
    }

    @Override
    public IdentifierHelper buildIdentifierHelper(IdentifierHelperBuilder builder, DatabaseMetaData metadata)
            throws SQLException {
        builder.setUnquotedCaseStrategy(IdentifierCaseStrategy.LOWER);
        builder.setQuotedCaseStrategy(IdentifierCaseStrategy.MIXED);
        return super.buildIdentifierHelper(builder, metadata);
    }

    @Override
    public String[] getCreateSchemaCommand(String schemaName) {
        return new String[] {"create namespace " + schemaName};
    }

    @Override
    public String[] getDropSchemaCommand(String schemaName) {
        return new String[] {"drop namespace " + schemaName};
    }

    @Override
    public SQLExceptionConversionDelegate buildSQLExceptionConversionDelegate() {
        return ERRORS;
    }

    @Override
    public ViolatedConstraintNameExtractor getViolatedConstraintNameExtractor() {
        return ERRORS;
    }

    @Override
    public boolean supportsIfExistsBeforeTableName() {
        return true;
    }

    @Override
    public boolean supportsIfExistsAfterAlterTable() {
        return true;
    }

    @Override
    public boolean supportsNullPrecedence() {
        return true;
    }

    @Override
    public boolean supportsFetchClause(FetchClauseType type) {
        return type == FetchClauseType.ROWS_ONLY;
    }

    @Override
    public boolean supportsWindowFunctions() {
        return true;
    }

    @Override
    public boolean supportsRecursiveCTE() {
        return true;
    }

    @Override
    public boolean supportsDistinctFromPredicate() {
        return true;
    }

    @Override
    public boolean supportsValuesList() {
        return true;
    }

    @Override
    public boolean supportsInsertReturningGeneratedKeys() {
        return true;
    }

    @Override
    public boolean doesReadCommittedCauseWritersToBlockReaders() {
        return false;
    }

    @Override
    public boolean doesRepeatableReadCauseReadersToBlockWriters() {
        return false;
    }
}
