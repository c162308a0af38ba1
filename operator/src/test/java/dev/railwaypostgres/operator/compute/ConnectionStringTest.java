package dev.railwaypostgres.operator.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Endpoint;
import dev.railwaypostgres.sleep.compute.Password;
import org.junit.jupiter.api.Test;

class ConnectionStringTest {
    private static final Endpoint SHARED = new Endpoint("orders-shop", "proxy.example", 5432, "proxy.example:5432");
    private static final Endpoint OWN =
            new Endpoint("orders-shop", "orders-shop.pg.example", 5432, "orders-shop.pg.example:5432");

    @Test
    void namesTheEndpointInAnOptionWhenTheHostIsShared() {
        assertThat(new ConnectionString(SHARED, "app", "app", new Password("secret")).uri())
                .isEqualTo("postgresql://app:secret@proxy.example:5432/app?sslmode=require"
                        + "&options=endpoint%3Dorders-shop");
    }

    @Test
    void leavesTheOptionOutWhenTheHostNamesTheEndpoint() {
        assertThat(new ConnectionString(OWN, "app", "app", new Password("secret")).uri())
                .isEqualTo("postgresql://app:secret@orders-shop.pg.example:5432/app?sslmode=require");
    }

    @Test
    void encodesWhatAUriCannotHold() {
        assertThat(new ConnectionString(OWN, "my db", "a@b", new Password("p:/?#[]@ ä%")).uri())
                .startsWith(
                        "postgresql://a%40b:p%3A%2F%3F%23%5B%5D%40%20%C3%A4%25@orders-shop.pg.example:5432/my%20db?");
    }

    @Test
    void hasTheEntriesOfAServiceBinding() {
        assertThat(new ConnectionString(SHARED, "shop", "owner", new Password("secret")).entries())
                .containsEntry("type", "postgresql")
                .containsEntry("provider", "railway-postgres")
                .containsEntry("host", "proxy.example")
                .containsEntry("port", "5432")
                .containsEntry("database", "shop")
                .containsEntry("username", "owner")
                .containsEntry("password", "secret")
                .containsEntry("sslmode", "require")
                .containsKey("uri")
                .hasSize(9);
    }

    @Test
    void doesNotShowThePassword() {
        assertThat(new ConnectionString(SHARED, "app", "app", new Password("secret")))
                .hasToString("ConnectionString[app@proxy.example:5432/app]");
    }
}
