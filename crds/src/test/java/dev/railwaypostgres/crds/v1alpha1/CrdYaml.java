package dev.railwaypostgres.crds.v1alpha1;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The CRD as the annotated records say it, finished by {@link SchemaFinish}. */
final class CrdYaml {
    private static final String HEAD =
            "# Generated from the records of the module crds. Write it anew with: ./run crds\n";

    private CrdYaml() {}

    /** The YAML of one resource class, as it is committed. */
    static String of(Class<? extends HasMetadata> resource) {
        try (Memory memory = new Memory()) {
            new CRDGenerator()
                    .customResourceClasses(resource)
                    .forCRDVersions("v1")
                    .withMinQuotes(true)
                    .withPostProcessor(new Finish())
                    .withOutput(memory)
                    .generate();
            return HEAD + withoutFractions(withoutComments(memory.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutComments(String yaml) {
        return yaml.replaceAll("(?m)^#.*\\R", "");
    }

    /** The model keeps bounds as doubles, which nobody wants to read. */
    private static String withoutFractions(String yaml) {
        return yaml.replaceAll("(?m)((?:max|min)imum: \\d+)\\.0$", "$1");
    }

    private static final class Finish implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata crd, String version) {
            return SchemaFinish.of((CustomResourceDefinition) crd);
        }
    }

    /** Keeps what the generator writes; one resource class makes one file. */
    private static final class Memory implements CRDGenerator.CRDOutput<OutputStream> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public OutputStream outputFor(String name) {
            return bytes;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
