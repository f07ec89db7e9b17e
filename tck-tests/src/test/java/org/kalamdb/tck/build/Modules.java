// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.build;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The modules whose classes make up the product, found beside this one. */
final class Modules {
    static final List<String> PRODUCT = List.of("catalog", "engine", "driver", "cli");

    /** The root folder of the project; tests run in the folder of their module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Modules() {}

    /** The main classes of one module, as the compiler left them. */
    static JavaClasses classesOf(String module) {
        Path folder = classFolder(module);
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("Cannot check " + module + ", it has not been compiled: " + folder);
        }
        return new ClassFileImporter().importPath(folder);
    }

    /** The main classes of all modules of the product. */
    static JavaClasses allClasses() {
        return new ClassFileImporter()
                .importPaths(PRODUCT.stream().map(Modules::classFolder).toList());
    }

    private static Path classFolder(String module) {
        return ROOT.resolve(module).resolve("target").resolve("classes");
    }
}
