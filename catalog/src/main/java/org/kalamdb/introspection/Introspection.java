package org.kalamdb.introspection;

/** The catalog as one session sees it, as typed rows. */
public interface Introspection {}
