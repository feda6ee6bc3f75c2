package io.depthcast.http;

import io.depthcast.admission.AdmissionBus;
import io.depthcast.admission.AdmissionSettings;
import io.depthcast.admission.BlockList;
import io.depthcast.bus.LoopTurn;
import io.depthcast.bus.SettingsBus;
import io.depthcast.fanout.AudienceLoop;
import io.depthcast.session.CloseReason;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Route;
import java.util.List;
import java.util.Map;

/** Serves the public port on one gateway loop; deployed once per loop, all on the same port. */
public final class GatewayVerticle extends VerticleBase implements Connections {
    private final GatewaySetup setup;
    private final int loop;
    private PublicPort port;

    /** @param loop number of this loop, unique in the process */
    @SuppressWarnings("NullAway.Init")
    public GatewayVerticle(GatewaySetup setup, int loop) {
        this.setup = setup;
        this.loop = loop;
    }

    @Override
    public Future<?> start() {
        setup.meters().watchLoop(vertx, loop());
        AudienceLoop audience = new AudienceLoop(vertx, loop, setup.fanout(), setup.meters(), setup.work());
        return audience.start().compose(directory -> {
            FrontDesk desk = new FrontDesk(
                    vertx, loop, setup.admission(), setup.meters(), audience::refusesNewcomers, setup.refusals());
            IdentityDesk identities = new IdentityDesk(vertx, setup.auth().isOn(), setup.meters(), desk);
            port = new PublicPort(vertx, setup, audience, directory, desk, identities);
            SettingsBus.listen(vertx.eventBus(), LimitSettings.class, port::take);
            SettingsBus.listen(vertx.eventBus(), PaceSettings.class, port::take);
            SettingsBus.listen(vertx.eventBus(), DrainSettings.class, port::take);
            SettingsBus.listen(vertx.eventBus(), AdmissionSettings.class, desk::take);
            vertx.eventBus().<BlockList>localConsumer(AdmissionBus.BLOCKS, changed -> desk.take(changed.body()));
            return port.listen();
        });
    }

    /** Stops accepting, says good-bye to every client, then ends. */
    @Override
    public Future<?> stop() {
        return port == null ? Future.succeededFuture() : port.close();
    }

    /** Sends every client of this loop away, and completes when none is left. */
    public Future<Void> drain() {
        return LoopTurn.start(context, () -> port.drain());
    }

    /** Takes {@link #drain} back. */
    public Future<Void> stay() {
        return LoopTurn.ask(context, () -> {
            port.stay();
            return null;
        });
    }

    @Override
    public String loop() {
        return "gateway-" + loop;
    }

    @Override
    public Future<Connections.Page> page(ConnectionQuery query) {
        return LoopTurn.ask(context, () -> port.clients().page(query));
    }

    @Override
    public Future<Integer> close(Connections.Which which, CloseReason reason) {
        return LoopTurn.ask(context, () -> port.clients().close(which, reason));
    }

    @Override
    public Future<Map<StreamName, Integer>> followers() {
        return LoopTurn.ask(context, port::followers);
    }

    /** As {@link PublicPort#renew}; to be asked of one loop. */
    public Future<?> renew(CertifiedKey key) {
        return port.renew(key);
    }

    /** Whether this loop hears of a feed that lives. */
    public HealthCheck hasLiveFeed() {
        return new HealthCheck("feed-at-" + loop(), () -> LoopTurn.ask(context, () -> port.feedHealth()));
    }

    /** What the public port answers; to be asked once the deployment has succeeded. */
    List<Route> routes() {
        return port.routes();
    }

    /** The port that was bound; to be asked once the deployment has succeeded. */
    public int port() {
        return port.actualPort();
    }
}
