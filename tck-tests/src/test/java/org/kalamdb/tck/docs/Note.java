// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.docs;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of the table that examples use, as an entity. Confined to one thread. */
@Entity
@Table(name = "notes")
public class Note {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private @Nullable String title;

    /** For the framework, which sets the rest. */
    protected Note() {}

    public Note(String title) {
        this.title = title;
    }

    public @Nullable Long id() {
        return id;
    }

    public @Nullable String title() {
        return title;
    }
}
