package dev.railwaypostgres.playground.simulator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3SimulatorIT {
    @TempDir
    private Path folder;

    @Test
    void keepsObjectsAsFilesBeyondItsOwnEnd() {
        try (var store = S3Simulator.start(folder, 0);
                var client = client(store, store.secretKey())) {
            client.createBucket(request -> request.bucket("archive"));
            client.putObject(request -> request.bucket("archive").key("wal/0001"), RequestBody.fromString("bytes"));
            assertThat(Files.exists(folder.resolve("archive/wal/0001"))).isTrue();
        }
        try (var store = S3Simulator.start(folder, 0);
                var client = client(store, store.secretKey())) {
            var object =
                    client.getObjectAsBytes(request -> request.bucket("archive").key("wal/0001"));
            assertThat(object.asUtf8String()).isEqualTo("bytes");
        }
    }

    @Test
    void refusesAWrongSecret() {
        try (var store = S3Simulator.start(folder, 0);
                var client = client(store, "wrong")) {
            assertThatThrownBy(client::listBuckets)
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            refusal -> assertThat(refusal.statusCode()).isEqualTo(403));
        }
    }

    private static S3Client client(S3Simulator store, String secretKey) {
        var credentials = AwsBasicCredentials.create(store.accessKey(), secretKey);
        return S3Client.builder()
                .endpointOverride(store.url())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }
}
