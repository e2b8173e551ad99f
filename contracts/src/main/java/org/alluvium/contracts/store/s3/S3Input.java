package org.alluvium.contracts.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Reads an object to its end. When a connection breaks, or ends before all that was announced has come, which the JDK's
 * client lets pass for the end, reading goes on by another from the same byte on, of the same version of the object. For
 * one thread.
 */
final class S3Input extends InputStream {

    /** Connections in a row that may end without having brought a byte. */
    private static final int FUTILE = 8;

    private final S3Client client;
    private final GetObjectRequest request;
    private final Function<SdkException, IOException> explain;
    private final long length;
    private ResponseInputStream<GetObjectResponse> in;
    private long position;
    private int futile;

    private S3Input(
            S3Client client,
            GetObjectRequest request,
            ResponseInputStream<GetObjectResponse> in,
            Function<SdkException, IOException> explain) {
        this.client = client;
        this.request = request;
        this.in = in;
        this.explain = explain;
        this.length = in.response().contentLength();
    }

    /** Opens the object, or gives nothing if it does not exist. */
    @SuppressWarnings("resource") // the answer is closed with the input
    static Optional<S3Input> open(
            S3Client client, String bucket, String key, Function<SdkException, IOException> explain)
            throws IOException {
        GetObjectRequest request =
                GetObjectRequest.builder().bucket(bucket).key(key).build();
        try {
            for (int attempt = 0; attempt < FUTILE; attempt++) {
                ResponseInputStream<GetObjectResponse> in = client.getObject(request);
                if (in.response().contentLength() != null) {
                    return Optional.of(new S3Input(client, request, in, explain));
                }
                in.abort(); // a connection that has ended in the middle of the headers, which the client lets pass
            }
            throw new IOException("the connection ends again and again before the object begins");
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw explain.apply(e);
        }
    }

    /** What was said of the object when it was created; whole once a byte of it has been read. */
    Map<String, String> metadata() {
        return in.response().metadata();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, target.length);
        if (position == length || count == 0) {
            return count == 0 ? 0 : -1;
        }
        while (true) {
            int read = attempt(target, from, count);
            if (read > 0) {
                position += read;
                futile = 0;
                return read;
            }
            goOn();
        }
    }

    /** Bytes read, or none if the connection is of no more use. */
    private int attempt(byte[] target, int from, int count) throws IOException {
        try {
            return in.read(target, from, count);
        } catch (IOException | SdkException broken) {
            if (++futile >= FUTILE) {
                throw broken instanceof IOException e ? e : explain.apply((SdkException) broken);
            }
            return -1;
        }
    }

    private void goOn() throws IOException {
        in.abort();
        if (++futile >= 2 * FUTILE) {
            throw new IOException("the connection ends again and again before byte " + position + " of " + length);
        }
        String etag = in.response().eTag();
        try {
            in = client.getObject(request.toBuilder()
                    .range("bytes=" + position + "-")
                    .ifMatch(etag)
                    .build());
        } catch (SdkException e) {
            throw explain.apply(e);
        }
    }

    @Override
    public void close() {
        if (position < length) {
            in.abort(); // cheaper than to read the rest
        }
        // A connection that is at its end can serve the next request.
        closeQuietly();
    }

    private void closeQuietly() {
        try {
            in.close();
        } catch (IOException read) {
            in.abort();
        }
    }
}
