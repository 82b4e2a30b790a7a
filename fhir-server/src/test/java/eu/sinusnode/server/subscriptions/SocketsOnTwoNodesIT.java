package eu.sinusnode.server.subscriptions;

import static eu.sinusnode.server.subscriptions.SocketIT.bindingToken;
import static eu.sinusnode.server.subscriptions.SocketIT.created;
import static eu.sinusnode.server.subscriptions.SocketIT.write;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.SecondNode;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The node that has the socket delivers, whichever the token came from and the event was written at. */
class SocketsOnTwoNodesIT extends RunningServer {

    private static final int GOING_AWAY = 1001;
    private static final int NORMAL = 1000;

    @AfterEach
    void close() {
        database.update("DELETE FROM sinusnode.subscription");
        database.update("DELETE FROM sinusnode.subscription_event");
    }

    @Test
    void theNodeWithTheSocketDelivers() throws Exception {
        ExportWorld world = new ExportWorld("sockets-two");
        String patient = world.patient("anna");
        String id = created(world.clinicToken(), Subscriptions.idOnly("Observation?patient=" + patient));
        List<Long> numbers;
        try (ConfigurableApplicationContext second = SecondNode.start();
                SocketClient there = SocketClient.at(SecondNode.ORIGIN);
                SocketClient here = SocketClient.open()) {
            there.bind(bindingToken(world.clinicToken(), id)).awaitHandshake();
            write(world, "anna");
            write(world, "anna");
            there.await(1, 2);

            here.bind(bindingToken(world.clinicToken(), id)).awaitHandshake();
            there.awaitClosed(NORMAL);
            write(world, "anna");
            here.await(3);
            assertThat(there.numbers()).doesNotContain(3L);

            try (SocketClient back = SocketClient.at(SecondNode.ORIGIN)) {
                back.bind(bindingToken(world.clinicToken(), id)).awaitHandshake();
                here.awaitClosed(NORMAL);
                second.close();
                back.awaitClosed(GOING_AWAY);
                numbers = Stream.of(there, here, back)
                        .flatMap(each -> each.numbers().stream())
                        .toList();
            }
        }
        write(world, "anna");
        try (SocketClient again = SocketClient.open()) {
            again.bind(bindingToken(world.clinicToken(), id));
            again.await(4);
            assertThat(Stream.concat(numbers.stream(), again.numbers().stream())
                            .distinct()
                            .sorted()
                            .toList())
                    .isEqualTo(LongStream.rangeClosed(1, 4).boxed().toList());
        }
    }
}
