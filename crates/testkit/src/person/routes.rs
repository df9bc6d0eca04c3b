//! People who change the city's routes.

use app::routes::{
    self,
    preview::{self, Preview},
    set::{self, RoutesReceipt},
};
use domain::{
    RouteId,
    route::{RouteRule, RouteTable, version::SetRoutes},
    time::Day,
};

use super::PersonInOffice;
use crate::Answer;

impl PersonInOffice {
    /// The routes in force, with rules of which the first sends all that is not major down this route.
    pub async fn routes_with_all_on(&self, route: &str, holds_from: Day) -> SetRoutes {
        let in_force = self.routes_in_force().await;
        let to = |route: &str| RouteRule {
            initial_level: None,
            determination: None,
            source: None,
            returns: None,
            route: RouteId::from(route),
        };
        let major = RouteRule {
            determination: Some(domain::hazard::Determination::Major),
            ..to("major")
        };
        SetRoutes {
            routes: in_force.routes,
            rules: vec![major, to(route)],
            reason: "按市安委会会议决定调整".into(),
            holds_from,
        }
    }

    pub async fn routes_in_force(&self) -> RouteTable {
        let standing = routes::show(&self.app).await;
        standing.expect("routes can be read").in_force
    }

    pub async fn sets_routes(&self, said: SetRoutes) -> Answer<RoutesReceipt> {
        Answer(set::set(&self.app, &self.caller().await, said).await)
    }

    pub async fn previews(&self, said: &SetRoutes) -> Answer<Preview> {
        let wanted = routes::draft(&self.app, said.routes.clone(), said.rules.clone());
        let in_force = self.routes_in_force().await;
        Answer(preview::preview(&self.app, &self.caller().await, &in_force, &wanted).await)
    }
}
