// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.storage.folder.FolderState;
import org.kalamdb.storage.folder.ReaderRegistration;
import org.kalamdb.storage.folder.StoreFolder;

/**
 * The content of a folder that another process may be writing to: generations, each of which is the database at one
 * moment. A new one is opened when somebody asks and the folder has changed; one is closed when no session has it any more.
 * Safe for use by several threads.
 */
public final class FollowedContent implements DatabaseContent {
    /** The least time between two looks at the folder. */
    private static final long MIN_NANOS_BETWEEN_LOOKS = 50_000_000;
    /** Looks are so rare that opening generations takes at most this part of the time. */
    private static final int LOOK_FACTOR = 10;

    private final Path folder;
    private final ReaderRegistration registration;
    private final Resources resources;
    private final ReentrantLock lock = new ReentrantLock();
    /** The oldest first. Guarded by the lock, as all that follows. */
    private final List<Generation> generations = new ArrayList<>();

    private Generation latest;
    private long nextLookNanos;

    private FollowedContent(Path folder, ReaderRegistration registration) {
        this.folder = folder;
        this.registration = registration;
        this.resources = SharedResources.ofReader();
        this.latest = open();
    }

    /** @throws org.kalamdb.error.KalamException DATABASE_NOT_OPENABLE */
    public static FollowedContent open(Path folder) {
        StoreFolder.requireDatabase(folder);
        ReaderRegistration registration = ReaderRegistration.create(folder);
        boolean opened = false;
        try {
            FollowedContent content = new FollowedContent(folder, registration);
            opened = true;
            return content;
        } finally {
            if (!opened) {
                registration.close();
            }
        }
    }

    private static final class Generation {
        private final OpenDatabase parts;
        private final FolderState state;
        private int sessions;

        Generation(OpenDatabase parts, FolderState state) {
            this.parts = parts;
            this.state = state;
        }
    }

    private Generation open() {
        long start = System.nanoTime();
        // Read before the store is, so that what comes between is seen as a change later.
        FolderState state = FolderState.of(folder);
        Generation opened = new Generation(OpenDatabase.openReadOnly(folder, resources), state);
        generations.add(opened);
        protect();
        long end = System.nanoTime();
        nextLookNanos = end + Math.max(MIN_NANOS_BETWEEN_LOOKS, LOOK_FACTOR * (end - start));
        return opened;
    }

    /** Tells the writer which files are needed. */
    private void protect() {
        registration.protectFrom(generations.get(0).parts.lastWrite());
    }

    @Override
    public OpenDatabase acquire() {
        lock.lock();
        try {
            lookForChanges();
            latest.sessions++;
            return latest.parts;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public OpenDatabase renew(OpenDatabase held) {
        lock.lock();
        try {
            lookForChanges();
            if (latest.parts == held) {
                return held;
            }
            latest.sessions++;
            leave(held);
            return latest.parts;
        } finally {
            lock.unlock();
        }
    }

    private void lookForChanges() {
        if (System.nanoTime() - nextLookNanos < 0) {
            return;
        }
        nextLookNanos = System.nanoTime() + MIN_NANOS_BETWEEN_LOOKS;
        if (FolderState.of(folder).equals(latest.state)) {
            return;
        }
        Generation before = latest;
        latest = open();
        closeIfUnused(before);
    }

    @Override
    public void release(OpenDatabase held) {
        lock.lock();
        try {
            leave(held);
        } finally {
            lock.unlock();
        }
    }

    private void leave(OpenDatabase held) {
        for (Generation generation : List.copyOf(generations)) {
            if (generation.parts == held) {
                generation.sessions--;
                closeIfUnused(generation);
            }
        }
    }

    private void closeIfUnused(Generation generation) {
        if (generation.sessions == 0 && generation != latest) {
            generations.remove(generation);
            generation.parts.close();
            protect();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            generations.forEach(generation -> generation.parts.close());
            generations.clear();
        } finally {
            lock.unlock();
            registration.close();
            resources.close();
        }
    }
}
