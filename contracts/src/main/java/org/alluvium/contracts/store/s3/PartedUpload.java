package org.alluvium.contracts.store.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * One upload of a large file in parts, of which each is repeated by itself. If the answer to the last request is lost, the
 * object's token tells whether it was served. For one thread and one use.
 */
final class PartedUpload {

    private static final Logger LOG = LoggerFactory.getLogger(PartedUpload.class);

    /** More parts no service takes. */
    private static final int MOST_PARTS = 10_000;

    /** Answers in a row that may be of no use. */
    private static final int FUTILE = 8;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final Path file;
    private final String token = UUID.randomUUID().toString();

    PartedUpload(S3Client client, String bucket, String key, Path file) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.file = file;
    }

    /** Returns once the object is there. */
    void run(Function<SdkException, IOException> explain) throws IOException {
        try {
            String id = client.createMultipartUpload(
                            create -> create.bucket(bucket).key(key).metadata(Map.of(S3ObjectStore.TOKEN, token)))
                    .uploadId();
            boolean done = false;
            try {
                complete(id, sendParts(id));
                done = true;
            } finally {
                if (!done) {
                    abort(id);
                }
            }
        } catch (SdkException e) {
            throw explain.apply(e);
        }
    }

    private List<CompletedPart> sendParts(String id) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long partBytes = Math.max(S3ObjectStore.PART_BYTES, (size + MOST_PARTS - 1) / MOST_PARTS);
            for (long from = 0; from < size; from += partBytes) {
                byte[] part = read(channel, from, (int) Math.min(partBytes, size - from));
                int number = parts.size() + 1;
                String etag = send(id, number, part);
                parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
            }
        }
        return parts;
    }

    /** A connection that ends in the middle of the answer's headers passes for success; the part is then sent again. */
    private String send(String id, int number, byte[] part) throws IOException {
        for (int attempt = 0; attempt < FUTILE; attempt++) {
            String etag = client.uploadPart(
                            upload -> upload.bucket(bucket)
                                    .key(key)
                                    .uploadId(id)
                                    .partNumber(number)
                                    .contentMD5(S3ObjectStore.md5(part)),
                            RequestBody.fromBytes(part))
                    .eTag();
            if (etag != null) {
                return etag;
            }
        }
        throw new IOException("the service does not say what has become of part " + number);
    }

    private static byte[] read(FileChannel channel, long from, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("the file has become shorter while it is uploaded");
            }
        }
        return buffer.array();
    }

    private void complete(String id, List<CompletedPart> parts) {
        try {
            client.completeMultipartUpload(complete ->
                    complete.bucket(bucket).key(key).uploadId(id).multipartUpload(upload -> upload.parts(parts)));
        } catch (SdkException e) {
            if (!isThere()) {
                throw e;
            }
        }
    }

    private boolean isThere() {
        try {
            HeadObjectResponse head =
                    client.headObject(look -> look.bucket(bucket).key(key));
            return token.equals(head.metadata().get(S3ObjectStore.TOKEN));
        } catch (SdkException notTold) {
            return false; // the first error says more
        }
    }

    /** What cannot be ended now is found by the store's sweep. */
    private void abort(String id) {
        try {
            client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(id));
        } catch (SdkException e) {
            LOG.warn("An upload to s3://{}/{} could not be ended; it will be swept later", bucket, key, e);
        }
    }
}
