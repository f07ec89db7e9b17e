// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/** A join, or its part for a part of the probing side: the rows of the other side are held and asked for matches. */
public final class JoinOperator implements Operator {
    private final SharedJoin join;
    private final Operator probeInput;
    private @Nullable Operator answers;
    private boolean closed;

    private JoinOperator(SharedJoin join, Operator probeInput) {
        this.join = join;
        this.probeInput = probeInput;
    }

    /**
     * A join in as many parts as its probing side has.
     *
     * @param probeInputs the side whose rows look for matches, in parts that several threads may read; closed if this fails
     * @param buildInputs opens the side that is held, in parts that several threads may read
     */
    public static List<Operator> open(
            List<Operator> probeInputs, Supplier<List<Operator>> buildInputs, JoinDefinition definition, Run run) {
        SharedJoin join;
        try {
            join = new SharedJoin(definition, probeInputs, buildInputs.get(), run);
        } catch (RuntimeException | Error e) {
            probeInputs.forEach(Operator::close);
            throw e;
        }
        List<Operator> operators = new ArrayList<>(probeInputs.size());
        for (Operator input : probeInputs) {
            operators.add(new JoinOperator(join, input));
        }
        return operators;
    }

    @Override
    public @Nullable RowBatch next() {
        return answers().next();
    }

    /** Holds the one side, which may tell the other what it need not read, and prepares that. */
    @Override
    public void prepare() {
        answers().prepare();
    }

    private Operator answers() {
        Operator opened = answers;
        if (opened == null) {
            opened = join.begin(probeInput);
            answers = opened;
        }
        return opened;
    }

    @Override
    public boolean filterBy(int column, RuntimeFilter filter) {
        return join.filterBy(column, filter, probeInput);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            join.close(probeInput);
        }
    }
}
