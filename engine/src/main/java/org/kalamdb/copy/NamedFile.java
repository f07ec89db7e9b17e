// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.copy;

import java.nio.file.Path;
import java.util.Map;
import org.kalamdb.error.KalamException;
import org.kalamdb.file.FileFormat;
import org.kalamdb.file.FileOptions;
import org.kalamdb.file.FilePaths;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.sql.FileReference;
import org.kalamdb.sql.OptionValue;

/**
 * A file that a statement names, and its format. Immutable.
 *
 * @param path where it is; absolute
 * @param format how it is read or written
 */
public record NamedFile(Path path, FileFormat format) {
    /** @throws KalamException INVALID_OPTION or INVALID_PARAMETER at the place of what is wrong */
    public static NamedFile of(FileReference reference) {
        FileOptions options = new FileOptions(reference.name());
        for (Map.Entry<String, OptionValue> option : reference.options().entrySet()) {
            try {
                options.set(option.getKey(), option.getValue().text());
            } catch (KalamException e) {
                throw e.at(ObjectNames.position(option.getValue().position()));
            }
        }
        try {
            return new NamedFile(FilePaths.of(reference.name()), options.format());
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(reference.position()));
        }
    }
}
