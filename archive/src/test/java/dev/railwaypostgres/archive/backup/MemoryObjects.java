package dev.railwaypostgres.archive.backup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket in memory. */
final class MemoryObjects implements BackupObjects {
    final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public PartedObject begin(String name) {
        var content = new ByteArrayOutputStream();
        return new PartedObject() {
            @Override
            public void add(byte[] part) {
                content.writeBytes(part);
            }

            @Override
            public void complete() {
                objects.put(name, content.toByteArray());
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        if (objects.putIfAbsent(name, content) != null) {
            throw new IOException("there is one already: " + name);
        }
    }

    @Override
    public InputStream read(String name) throws IOException {
        var content = objects.get(name);
        if (content == null) {
            throw new IOException("there is none: " + name);
        }
        return new ByteArrayInputStream(content);
    }
}
