package dev.railwaypostgres.archive.backup;

import java.io.IOException;
import java.io.InputStream;

/** Where backups lie. Names are paths with slashes. */
public interface BackupObjects {
    /** Begins an object whose length nobody knows yet. It exists once it is complete. */
    PartedObject begin(String name) throws IOException;

    /** Stores a small object in one piece; it must not exist yet. */
    void put(String name, byte[] content) throws IOException;

    /** Reads an object from its beginning. */
    InputStream read(String name) throws IOException;

    /** An object that grows by parts: equally long ones, but for the last. */
    interface PartedObject {
        /** Bytes of a part: stores take 10,000 of them, so an object may have 156 GiB. */
        int PART = 16 << 20;

        /**
         * Takes the next part, which stays as it is. Waits while too many parts are under way, so memory stays bounded.
         */
        void add(byte[] part) throws IOException;

        /** Returns when all parts are stored, and their checksums are those of what was given. */
        void complete() throws IOException;

        /** Leaves nothing behind. Does nothing after {@link #complete}. */
        void abort();
    }
}
