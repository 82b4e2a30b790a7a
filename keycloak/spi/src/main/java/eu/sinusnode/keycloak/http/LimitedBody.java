package eu.sinusnode.keycloak.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body in memory that fails as soon as it is longer than it may be. */
final class LimitedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> inner = BodySubscribers.ofByteArray();
    private long left;
    private Flow.@Nullable Subscription subscription;

    LimitedBody(long limit) {
        this.left = limit;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return inner.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        inner.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (left < 0) {
            return;
        }
        buffers.forEach(buffer -> left -= buffer.remaining());
        if (left < 0) {
            if (subscription != null) {
                subscription.cancel();
            }
            inner.onError(new IOException("The answer is too long."));
        } else {
            inner.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        inner.onError(failure);
    }

    @Override
    public void onComplete() {
        if (left >= 0) {
            inner.onComplete();
        }
    }
}
