package eu.sinusnode.sampledata.chance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Property
    void anIdIsAVersionFiveUuidInItsUsualSpelling(@ForAll long seed, @ForAll String name) {
        String id = new Ids(seed).of(name);
        UUID uuid = UUID.fromString(id);

        assertThat(uuid).hasToString(id);
        assertThat(uuid.version()).isEqualTo(5);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void seedAndNameDecide() {
        Ids ids = new Ids(1);

        assertThat(ids.of("patient/1"))
                .isEqualTo(new Ids(1).of("patient/1"))
                .isEqualTo(ids.of("patient/1"))
                .isNotEqualTo(ids.of("patient/2"))
                .isNotEqualTo(new Ids(2).of("patient/1"));
    }
}
