package org.alluvium.contracts.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.alluvium.contracts.error.ObjectStoreException;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.StoredObject;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An {@link ObjectStore} below a prefix of a bucket.
 *
 * <p>An object is created exclusively by a put on the condition that there is none ({@code If-None-Match: *}, RFC 9110,
 * section 13.1.2), which the service must honour. A request whose answer is lost is sent again, and if the first was served
 * after all, the second is refused: by our own object. So each call writes a random token into the object's metadata, and
 * a refusal is ours if the object that is in the way carries it. The service must therefore keep metadata; where it does
 * not, a doubtful case is an error and never a guess.
 *
 * <p>A file of more than {@link #PART_BYTES} is uploaded in parts. What a crash leaves of it costs money and shows in no
 * listing; {@link #sweep} ends it.
 */
public final class S3ObjectStore implements ObjectStore {

    /** Size of the parts of a large upload, and the largest that is uploaded in one piece. */
    static final long PART_BYTES = 16L << 20;

    /** Name of the metadata by which a writer knows its own object again. */
    static final String TOKEN = "alluvium-token";

    private static final int PRECONDITION_FAILED = 412;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /** @param prefix of all keys, empty or ending in a slash */
    S3ObjectStore(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public boolean createExclusively(String key, byte[] content) throws IOException {
        String token = UUID.randomUUID().toString();
        PutObjectRequest put = PutObjectRequest.builder()
                .bucket(bucket)
                .key(prefix + key)
                .ifNoneMatch("*")
                .metadata(Map.of(TOKEN, token))
                .contentMD5(md5(content))
                .build();
        try {
            client.putObject(put, RequestBody.fromBytes(content));
            return true;
        } catch (SdkException e) {
            if (e instanceof S3Exception refusal && refusal.statusCode() == PRECONDITION_FAILED) {
                return isOurs(key, token, content).orElseThrow(() -> vanished(key));
            }
            ObjectStoreException failed = failed("create the object", key, e);
            if (!failed.mayPass()) {
                throw failed;
            }
            // The last of the requests may have been served all the same.
            return isOurs(key, token, content).orElseThrow(() -> failed);
        }
    }

    /** Whose object it is that is there; empty if there is none. */
    private Optional<Boolean> isOurs(String key, String token, byte[] content) throws IOException {
        Optional<S3Input> found = input(key);
        return found.isEmpty() ? Optional.empty() : Optional.of(isOurs(found.get(), key, token, content));
    }

    private boolean isOurs(S3Input found, String key, String token, byte[] content) throws IOException {
        try (S3Input in = found) {
            byte[] present = in.readAllBytes();
            String writer = in.metadata().get(TOKEN);
            if (writer != null) {
                return writer.equals(token);
            }
            if (Arrays.equals(present, content)) {
                throw new ObjectStoreException(
                        where(key),
                        "the object is there, and nothing tells whether it was just created or before, since the service"
                                + " does not keep metadata",
                        "Use a service that keeps the metadata of objects",
                        false,
                        null);
            }
            return false;
        }
    }

    private ObjectStoreException vanished(String key) {
        return new ObjectStoreException(
                where(key),
                "an object that was in the way has been deleted",
                "Delete nothing from a corpus by hand, and no log entry at all; then start again",
                true,
                null);
    }

    @Override
    public void upload(Path file, String key) throws IOException {
        if (Files.size(file) > PART_BYTES) {
            new PartedUpload(client, bucket, prefix + key, file).run(e -> failed("upload the file to", key, e));
            return;
        }
        byte[] content = Files.readAllBytes(file);
        try {
            client.putObject(
                    put -> put.bucket(bucket).key(prefix + key).contentMD5(md5(content)),
                    RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw failed("upload the file to", key, e);
        }
    }

    @Override
    public Optional<byte[]> read(String key) throws IOException {
        Optional<S3Input> found = input(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (S3Input in = found.get()) {
            return Optional.of(in.readAllBytes());
        }
    }

    @Override
    public InputStream open(String key) throws IOException {
        return input(key)
                .orElseThrow(() -> new ObjectStoreException(
                        where(key),
                        "there is no such object",
                        "Restore it from a copy; nothing that a log entry names must be deleted",
                        false,
                        null));
    }

    private Optional<S3Input> input(String key) throws IOException {
        return S3Input.open(client, bucket, prefix + key, e -> failed("read the object", key, e));
    }

    @Override
    public List<String> list(String keyPrefix, Optional<String> after) throws IOException {
        return objects(keyPrefix, after).stream().map(StoredObject::key).toList();
    }

    @Override
    public List<StoredObject> describe(String keyPrefix) throws IOException {
        return objects(keyPrefix, Optional.empty());
    }

    private List<StoredObject> objects(String keyPrefix, Optional<String> after) throws IOException {
        List<StoredObject> objects = new ArrayList<>();
        Optional<String> from = after;
        while (true) {
            ListObjectsV2Response page = page(keyPrefix, from);
            for (S3Object object : page.contents()) {
                objects.add(new StoredObject(relative(object.key()), object.size(), object.lastModified()));
            }
            if (!Boolean.TRUE.equals(page.isTruncated()) || page.contents().isEmpty()) {
                return objects;
            }
            from = Optional.of(objects.get(objects.size() - 1).key());
        }
    }

    private ListObjectsV2Response page(String keyPrefix, Optional<String> after) throws IOException {
        try {
            return client.listObjectsV2(list -> {
                list.bucket(bucket).prefix(prefix + keyPrefix);
                after.ifPresent(key -> list.startAfter(prefix + key));
            });
        } catch (SdkException e) {
            throw failed("list the objects", keyPrefix, e);
        }
    }

    private String relative(String fullKey) {
        return fullKey.substring(prefix.length());
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(prefix + key));
        } catch (SdkException e) {
            throw failed("delete the object", key, e);
        }
    }

    /** Ends uploads in parts that were begun and not completed; the service then forgets their parts. */
    @Override
    public int sweep(String keyPrefix, Instant before) throws IOException {
        int swept = 0;
        try {
            for (MultipartUpload upload : abandoned(prefix + keyPrefix, before)) {
                client.abortMultipartUpload(
                        abort -> abort.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
                swept++;
            }
        } catch (SdkException e) {
            throw failed("end abandoned uploads", keyPrefix, e);
        }
        return swept;
    }

    private List<MultipartUpload> abandoned(String fullPrefix, Instant before) {
        List<MultipartUpload> abandoned = new ArrayList<>();
        ListMultipartUploadsResponse answer =
                client.listMultipartUploads(list -> list.bucket(bucket).prefix(fullPrefix));
        while (true) {
            answer.uploads().stream()
                    .filter(upload -> upload.key().startsWith(fullPrefix))
                    .filter(upload -> upload.initiated().isBefore(before))
                    .forEach(abandoned::add);
            if (!Boolean.TRUE.equals(answer.isTruncated())) {
                return abandoned;
            }
            ListMultipartUploadsResponse last = answer;
            answer = client.listMultipartUploads(list -> list.bucket(bucket)
                    .prefix(fullPrefix)
                    .keyMarker(last.nextKeyMarker())
                    .uploadIdMarker(last.nextUploadIdMarker()));
        }
    }

    @Override
    public String where(String key) {
        return "s3://" + bucket + "/" + prefix + key;
    }

    @Override
    public void close() {
        client.close();
    }

    private ObjectStoreException failed(String action, String key, SdkException cause) {
        return S3Failure.explain(action, where(key), cause);
    }

    /** As the header Content-MD5 has it (RFC 1864): the service refuses what arrives otherwise. */
    static String md5(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
