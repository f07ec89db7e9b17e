// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The only unchecked exception that leaves catalog and engine on purpose. Immutable. */
public final class KalamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable SourcePosition position;
    private final String rawMessage;

    /** An error that no place in an SQL text is to blame for. @param message as in the constructor of all parts */
    public KalamException(ErrorCode code, String message) {
        this(code, null, message, null);
    }

    /** As the one without a cause. @param cause the underlying failure, or null */
    public KalamException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, null, message, cause);
    }

    /**
     * @param code what went wrong
     * @param position where in the SQL text, or null if the text is not to blame
     * @param message one sentence without a trailing full stop that names the offending value and the way out
     * @param cause the underlying failure, or null
     */
    public KalamException(
            ErrorCode code, @Nullable SourcePosition position, String message, @Nullable Throwable cause) {
        super(position == null ? message : "line " + position + ": " + message, cause);
        this.code = requireNonNull(code, "code is null");
        this.position = position;
        this.rawMessage = requireNonNull(message, "message is null");
    }

    /** What went wrong, by which programs tell errors apart. */
    public ErrorCode code() {
        return code;
    }

    /** Where in the SQL text, or null if the text is not to blame. */
    public @Nullable SourcePosition position() {
        return position;
    }

    /** The message without the position. */
    public String rawMessage() {
        return rawMessage;
    }

    /** This error at a place in the SQL text; itself if it already has one or {@code where} is null. */
    public KalamException at(@Nullable SourcePosition where) {
        if (position != null || where == null) {
            return this;
        }
        return new KalamException(code, where, rawMessage, getCause());
    }
}
