// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.snapshot.SnapshotGenerator;
import liquibase.snapshot.jvm.SequenceSnapshotGenerator;
import liquibase.statement.SqlStatement;
import liquibase.statement.core.RawParameterizedSqlStatement;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Schema;

/** The sequences of a namespace. Confined to one thread. */
@SuppressWarnings({"unchecked", "rawtypes"}) // as Liquibase declares its methods
public final class KalamSequences extends SequenceSnapshotGenerator {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamSequences() {}

    @Override
    public int getPriority(Class<? extends DatabaseObject> type, Database database) {
        return KalamDatabase.priority(super.getPriority(type, database), database);
    }

    @Override
    public Class<? extends SnapshotGenerator>[] replaces() {
        return new Class[] {SequenceSnapshotGenerator.class};
    }

    @Override
    protected SqlStatement getSelectSequenceStatement(Schema schema, Database database) {
        return new RawParameterizedSqlStatement(
                "SELECT sequence_name AS \"SEQUENCE_NAME\", start_value AS \"START_VALUE\", minimum_value AS \"MIN_VALUE\","
                        + " maximum_value AS \"MAX_VALUE\", \"increment\" AS \"INCREMENT_BY\", data_type AS \"SEQ_TYPE\""
                        + " FROM information_schema.sequences WHERE sequence_schema = ?",
                schema.getName());
    }
}
