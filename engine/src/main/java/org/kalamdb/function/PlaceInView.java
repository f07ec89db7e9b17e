// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.error.SourcePosition;

/** A place in the query of a view, which is none in the text of the statement that reads the view. Immutable. */
public final class PlaceInView extends SqlParserPos {
    private static final long serialVersionUID = 1;

    private final SourcePosition position;

    /** @param place in the text of the view's query */
    PlaceInView(String view, SqlParserPos place) {
        super(place.getLineNum(), place.getColumnNum(), place.getEndLineNum(), place.getEndColumnNum());
        this.position = new SourcePosition(place.getLineNum(), place.getColumnNum(), view);
    }

    /** As errors name it. */
    public SourcePosition position() {
        return position;
    }
}
