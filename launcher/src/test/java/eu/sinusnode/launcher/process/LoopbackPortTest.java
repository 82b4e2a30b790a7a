package eu.sinusnode.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.launcher.Trouble;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    @Test
    void aStrangersPortIsToldWithARemedy() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LoopbackPort port = new LoopbackPort(stranger.getLocalPort());

            assertThat(port.isFree()).isFalse();
            assertThatThrownBy(() -> port.demandFree("the FHIR server", "SINUSNODE_PORT"))
                    .isInstanceOfSatisfying(Trouble.class, trouble -> {
                        assertThat(trouble)
                                .hasMessageContaining("the FHIR server")
                                .hasMessageContaining("in use");
                        assertThat(trouble.remedy()).contains("SINUSNODE_PORT=");
                    });
        }
    }

    @Test
    void aPortThatWasLeftIsFree() throws Exception {
        int number;
        try (ServerSocket earlier = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            number = earlier.getLocalPort();
        }
        assertThatNoException().isThrownBy(() -> new LoopbackPort(number).demandFree("it", "X"));
    }
}
