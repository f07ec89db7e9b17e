// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.rocks;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native library of the key-value store. Safe for use by several threads.
 *
 * <p>Unpacking it from the jar costs more than anything else in opening a small database, so it is unpacked once into a
 * folder of the user, to be loaded from there by later processes. Where that does not work, for whatever reason, each
 * process unpacks its own into the temporary folder, and removes it at its end.
 */
public final class NativeLibrary {
    private static final Logger LOGGER = LoggerFactory.getLogger(NativeLibrary.class);

    /** Where libraries are kept; empty to keep none. */
    private static final String FOLDER_PROPERTY = "kalamdb.library.folder";
    /** By which the library of the key-value store lets its users choose where it is unpacked. */
    private static final String FOLDER_VARIABLE_OF_ROCKSDB = "ROCKSDB_SHAREDLIB_DIR";

    private NativeLibrary() {}

    /** Loads it unless it is loaded. @throws KalamException DATABASE_NOT_OPENABLE */
    public static void load() {
        try {
            if (!Holder.LOADED) {
                RocksDB.loadLibrary();
            }
        } catch (IllegalCallerException e) {
            throw new KalamException(
                    ErrorCode.DATABASE_NOT_OPENABLE,
                    "Cannot load the native storage library: this JVM denies native code;"
                            + " start it with --enable-native-access=ALL-UNNAMED",
                    e);
        } catch (RuntimeException | LinkageError e) {
            throw new KalamException(
                    ErrorCode.DATABASE_NOT_OPENABLE,
                    "Cannot load the native storage library: " + reason(e) + "; let one of the system properties "
                            + FOLDER_PROPERTY + " and java.io.tmpdir (now " + System.getProperty("java.io.tmpdir")
                            + ") name a folder to which this user may write and that allows executable files",
                    e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    /** Tries it once. */
    private static final class Holder {
        static final boolean LOADED = loadKept();
    }

    private static boolean loadKept() {
        Path root = folder();
        if (root == null) {
            return false;
        }
        try {
            String resource = Environment.getJniLibraryFileName("rocksdb");
            ZipEntry packed = packed(resource);
            if (packed == null) {
                return false;
            }
            // In a folder it is looked for under another name than in the jar.
            String fileName = Environment.getJniLibraryFileName("rocksdbjni");
            Path folder = new KeptLibrary(root, fileName, packed).require();
            RocksDB.loadLibrary(List.of(folder.toString()));
            return true;
        } catch (IOException | RuntimeException | LinkageError e) {
            // Another class loader has it, files there may not be executed, or the folder is not ours alone.
            LOGGER.debug("Cannot load the native storage library from {}; it is unpacked anew", root, e);
            return false;
        }
    }

    /** The entry of the jar with the library, which knows its length and checksum; null if it is not in a jar. */
    private static @Nullable ZipEntry packed(String resource) throws IOException {
        URL url = RocksDB.class.getClassLoader().getResource(resource);
        URLConnection connection = url == null ? null : url.openConnection();
        return connection instanceof JarURLConnection jar ? jar.getJarEntry() : null;
    }

    /** The folder of the user in which libraries are kept, or null to keep none. */
    private static @Nullable Path folder() {
        if (System.getenv(FOLDER_VARIABLE_OF_ROCKSDB) != null) {
            return null;
        }
        String chosen = System.getProperty(FOLDER_PROPERTY);
        if (chosen != null) {
            return chosen.isBlank() ? null : Path.of(chosen);
        }
        String home = System.getProperty("user.home", "");
        return home.isBlank() ? null : cacheOf(Path.of(home)).resolve("kalamdb");
    }

    private static Path cacheOf(Path home) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches");
        }
        String configured = System.getenv(system.startsWith("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        return configured == null || configured.isBlank() ? home.resolve(".cache") : Path.of(configured);
    }
}
