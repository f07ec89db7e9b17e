// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The jobs since the database was opened, the oldest of which are forgotten. Safe for use by several threads. */
final class JobLog {
    private static final int MAX_JOBS = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    /** By id, in the order of their start. Guarded by the lock. */
    private final LinkedHashMap<String, Job> jobs = new LinkedHashMap<>();

    private long nextNumber = 1;

    String newId(JobType type) {
        lock.lock();
        try {
            return type.prefix() + "-" + nextNumber++;
        } finally {
            lock.unlock();
        }
    }

    void put(Job job) {
        lock.lock();
        try {
            jobs.put(job.id(), job);
            if (jobs.size() > MAX_JOBS) {
                jobs.remove(jobs.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    List<Job> jobs() {
        lock.lock();
        try {
            return new ArrayList<>(jobs.values());
        } finally {
            lock.unlock();
        }
    }
}
