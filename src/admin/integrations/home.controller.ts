import { Controller, Get, Redirect } from '@nestjs/common';
import { Access } from '../../platform/web/access.decorator.js';

@Access('member')
@Controller()
export class HomeController {
  @Get()
  @Redirect('/integrations')
  home() {}
}
